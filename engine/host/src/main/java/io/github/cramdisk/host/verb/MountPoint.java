// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.host.syscall.AbsolutePath;
import io.github.cramdisk.host.syscall.Descriptor;
import io.github.cramdisk.host.syscall.Errno;
import io.github.cramdisk.host.syscall.FileCalls;
import io.github.cramdisk.host.syscall.FileStatus;
import io.github.cramdisk.host.syscall.FileUser;
import io.github.cramdisk.host.syscall.KernelException;
import io.github.cramdisk.host.syscall.MountCalls;
import java.util.List;
import java.util.Set;

/**
 * A directory to mount on, held by its descriptor. It is looked up, and made where it is missing, with the rights of the
 * caller: nobody learns of, or gets into, directories by way of us.
 */
final class MountPoint implements AutoCloseable {
    /** What a mount would hide from every program at once; whoever means it has mount(8). */
    private static final Set<String> OF_THE_SYSTEM = Set.of(
            "/bin", "/boot", "/dev", "/etc", "/home", "/lib", "/lib32", "/lib64", "/libx32", "/proc", "/root", "/run",
            "/sbin", "/sys", "/usr", "/var");

    /** What the caller's umask would make of it usually. */
    private static final int NEW_DIRECTORY_MODE = 0755;

    private final String path;
    private final Descriptor directory;

    private MountPoint(String path, Descriptor directory) {
        this.path = path;
        this.directory = directory;
    }

    String path() {
        return path;
    }

    Descriptor directory() {
        return directory;
    }

    /**
     * Opens a mount point, after the guard was asked.
     *
     * @param create make what is missing of it; taken back by {@code undo}
     * @throws CramdiskException {@link ErrorKind#TARGET_UNUSABLE}, or what the guard throws
     */
    static MountPoint open(Caller caller, String path, boolean create, Guard guard, Undo undo) {
        checkParts(path);
        if (OF_THE_SYSTEM.contains(path)) {
            throw new CramdiskException(
                    ErrorKind.TARGET_UNUSABLE, path, "the machine needs what is there, and would not find it any more");
        }
        try {
            Descriptor found;
            try {
                found = asCaller(caller, () -> FileCalls.openDirectory(path));
            } catch (KernelException e) {
                if (e.errno() != Errno.ENOENT || !create) {
                    throw e;
                }
                found = make(caller, path, guard, undo);
                return new MountPoint(path, found);
            }
            return checked(caller, path, found, guard);
        } catch (KernelException e) {
            throw unusable(path, e);
        }
    }

    /** Opens what is mounted at a path, to change or unmount it. */
    static Descriptor openMounted(Caller caller, String path) {
        checkParts(path);
        try {
            return asCaller(caller, () -> FileCalls.openDirectory(path));
        } catch (KernelException e) {
            throw unusable(path, e);
        }
    }

    /** Unmounts what is on top of a path, whatever it is; the caller has made sure what that is. */
    static void unmountTop(Caller caller, String path, boolean lazily) throws KernelException {
        List<String> parts = AbsolutePath.parts(path);
        String name = parts.get(parts.size() - 1);
        try (Descriptor parent = asCaller(caller, () -> FileCalls.openDirectory(parentOf(path)))) {
            MountCalls.unmount(parent, name, lazily);
        }
    }

    void unmountTop() throws KernelException {
        unmountTop(Caller.ROOT, path, false);
    }

    @Override
    public void close() {
        directory.close();
    }

    private static MountPoint checked(Caller caller, String path, Descriptor found, Guard guard)
            throws KernelException {
        boolean good = false;
        try {
            FileStatus status = FileCalls.status(found);
            if (status.mountRoot()) {
                throw new CramdiskException(
                        ErrorKind.TARGET_UNUSABLE, path, "something is mounted there already; unmount it first");
            }
            guard.mount(caller, path, status);
            good = true;
            return new MountPoint(path, found);
        } finally {
            if (!good) {
                found.close();
            }
        }
    }

    /** Makes the missing directories of a path one by one, each in the descriptor of the one above it. */
    private static Descriptor make(Caller caller, String path, Guard guard, Undo undo) throws KernelException {
        String existing = parentOf(path);
        Descriptor at = null;
        while (at == null) {
            String candidate = existing;
            try {
                at = asCaller(caller, () -> FileCalls.openDirectory(candidate));
            } catch (KernelException e) {
                if (e.errno() != Errno.ENOENT) {
                    throw e;
                }
                existing = parentOf(existing);
            }
        }
        List<String> all = AbsolutePath.parts(path);
        List<String> missing = all.subList(AbsolutePath.parts(existing).size(), all.size());
        String made = existing.equals("/") ? "" : existing;
        boolean good = false;
        try {
            guard.mount(caller, path, FileCalls.status(at));
            for (String name : missing) {
                Descriptor parent = at;
                at = asCaller(caller, () -> {
                    FileCalls.makeDirectory(parent, name, NEW_DIRECTORY_MODE);
                    return FileCalls.openDirectoryIn(parent, name);
                });
                parent.close();
                made = made + "/" + name;
                String directory = made;
                undo.add("remove " + directory, () -> remove(caller, directory));
            }
            good = true;
            return at;
        } finally {
            if (!good) {
                at.close();
            }
        }
    }

    private static void remove(Caller caller, String path) throws KernelException {
        List<String> parts = AbsolutePath.parts(path);
        asCaller(caller, () -> {
            try (Descriptor parent = FileCalls.openDirectory(parentOf(path))) {
                FileCalls.removeDirectory(parent, parts.get(parts.size() - 1));
                return parent;
            }
        });
    }

    private static <T> T asCaller(Caller caller, FileUser.Call<T> call) throws KernelException {
        return FileUser.run(caller.uid(), caller.gid(), caller.groups(), call);
    }

    static String parentOf(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    private static void checkParts(String path) {
        try {
            if (AbsolutePath.parts(path).isEmpty()
                    || !AbsolutePath.normalised(path).equals(path)) {
                throw new IllegalArgumentException("it is the root, or has doubled or trailing slashes");
            }
        } catch (IllegalArgumentException e) {
            throw new CramdiskException(
                    ErrorKind.INVALID_TARGET, e, path.replace("\0", "?"), String.valueOf(e.getMessage()));
        }
    }

    private static CramdiskException unusable(String path, KernelException e) {
        String why = switch (e.errno()) {
            case Errno.ENOENT -> "it does not exist";
            case Errno.ENOTDIR -> "it is no directory";
            case Errno.ELOOP -> "a part of it is a symbolic link; give the real path (realpath " + path + ")";
            case Errno.EACCES -> "you may not enter, or write to, a directory on the way to it";
            case Errno.EROFS -> "it does not exist, and the filesystem it would be on is read-only";
            default -> e.reason();
        };
        return new CramdiskException(ErrorKind.TARGET_UNUSABLE, e, path, why);
    }
}
