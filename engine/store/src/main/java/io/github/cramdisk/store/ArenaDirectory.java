// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import io.github.cramdisk.store.StoreException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directory in which an engine keeps its stores, checked and locked: one engine a directory.
 *
 * <p>The lock is on a file that nothing else opens, because a POSIX lock falls when any descriptor of its file in the
 * process is closed. It falls by itself when the engine dies.
 */
public final class ArenaDirectory implements AutoCloseable {
    private static final String LOCK_FILE = ".engine.lock";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Set<String> MEMORY_FILE_SYSTEMS = Set.of("tmpfs");

    private final Path path;
    private final FileChannel lockFile;

    private ArenaDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Opens the directory, made with mode 0700 where it is missing.
     *
     * @throws StoreException {@link Reason#UNSAFE_DIRECTORY} unless it is a real directory on tmpfs, ours, with mode 0700;
     *     {@link Reason#BUSY} when another engine has it
     */
    public static ArenaDirectory open(Path path) throws IOException {
        try {
            Files.createDirectory(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (FileAlreadyExistsException e) {
            // It was there before; what matters is checked next.
        }
        check(path);
        FileChannel lockFile = FileChannel.open(
                path.resolve(LOCK_FILE),
                EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        if (tryLock(lockFile) == null) {
            lockFile.close();
            throw new StoreException(Reason.BUSY, "another engine uses " + path);
        }
        return new ArenaDirectory(path, lockFile);
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void check(Path path) throws IOException {
        Map<String, Object> attributes =
                Files.readAttributes(path, "unix:isDirectory,uid,permissions", LinkOption.NOFOLLOW_LINKS);
        if (!Boolean.TRUE.equals(attributes.get("isDirectory"))) {
            throw unsafe(path, "it is not a directory, or a symbolic link to one");
        }
        Object owner = attributes.get("uid");
        Object self = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        if (owner == null || !owner.equals(self)) {
            throw unsafe(path, "it belongs to user " + owner + ", not to user " + self);
        }
        if (!OWNER_ONLY.equals(attributes.get("permissions"))) {
            throw unsafe(path, "others may enter it; its mode must be 0700");
        }
        String type = Files.getFileStore(path).type();
        if (!MEMORY_FILE_SYSTEMS.contains(type)) {
            throw unsafe(path, "it is on " + type + ", not on tmpfs");
        }
    }

    private static StoreException unsafe(Path path, String why) {
        return new StoreException(Reason.UNSAFE_DIRECTORY, path + " cannot be used: " + why);
    }
}
