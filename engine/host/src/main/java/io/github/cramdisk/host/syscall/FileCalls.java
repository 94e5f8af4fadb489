// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.syscall;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;

/**
 * Calls on files and directories. What follows a path of a user goes through {@link #openDirectory}; the methods that
 * take an absolute path as text are for paths that this program made itself.
 */
public final class FileCalls {
    private static final int AT_FDCWD = -100;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_REMOVEDIR = 0x200;
    private static final int AT_EMPTY_PATH = 0x1000;
    /** Answers with what is known, without asking the server of a network or FUSE filesystem, which may hang. */
    private static final int AT_STATX_DONT_SYNC = 0x4000;

    private static final int STATX_BASIC_STATS = 0x7ff;
    private static final int STATX_MNT_ID = 0x1000;
    private static final int STATX_MNT_ID_UNIQUE = 0x4000;

    private static final int O_RDONLY = 0;
    private static final int O_WRONLY = 1;
    private static final int O_EXCL = 0x80;
    private static final int O_CLOEXEC = 0x80000;
    private static final int O_PATH = 0x200000;
    /** These two differ between architectures. */
    private static final int O_DIRECTORY = isArm() ? 0x4000 : 0x10000;

    private static final int O_NOFOLLOW = isArm() ? 0x8000 : 0x20000;

    private static final int READ_CHUNK = 4096;
    private static final int LINK_BYTES = 4096;

    private FileCalls() {}

    /** struct open_how of openat2(2): flags, mode, resolve, 8 bytes each. */
    private static final class OpenHow {
        static final int BYTES = 24;
        static final long RESOLVE_NO_MAGICLINKS = 0x02;
        static final long RESOLVE_NO_SYMLINKS = 0x04;

        private OpenHow() {}

        static byte[] of(long flags, long resolve) {
            return ByteBuffer.allocate(BYTES)
                    .order(ByteOrder.nativeOrder())
                    .putLong(flags)
                    .putLong(0)
                    .putLong(resolve)
                    .array();
        }
    }

    /**
     * Opens a directory (O_PATH) by its absolute path. No part of the path may be a symbolic link, {@code .} or
     * {@code ..}; where the kernel has openat2(2) it sees to that, else each part is opened for itself.
     *
     * @throws IllegalArgumentException when the path is not absolute, or has a part {@code .} or {@code ..}
     * @throws KernelException {@link Errno#ELOOP} or {@link Errno#ENOTDIR} for a symbolic link
     */
    public static Descriptor openDirectory(String path) throws KernelException {
        List<String> parts = AbsolutePath.parts(path);
        int flags = O_PATH | O_DIRECTORY | O_CLOEXEC;
        byte[] how = OpenHow.of(flags, OpenHow.RESOLVE_NO_SYMLINKS | OpenHow.RESOLVE_NO_MAGICLINKS);
        long number = LibC.C.syscall(LibC.OPENAT2, AT_FDCWD, LibC.text(path), how, OpenHow.BYTES);
        if (number >= 0) {
            return new Descriptor(number);
        }
        // A filter of system calls that is older than this one answers EPERM.
        if (LibC.errno() == Errno.ENOSYS || LibC.errno() == Errno.EPERM) {
            return walk(parts);
        }
        throw LibC.failure("openat2");
    }

    /** What {@link #openDirectory} does on kernels before 5.6: O_DIRECTORY with O_NOFOLLOW refuses a link at each step. */
    static Descriptor walk(List<String> parts) throws KernelException {
        int flags = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
        Descriptor at = opened(LibC.C.openat(AT_FDCWD, LibC.text("/"), flags, 0));
        for (String part : parts) {
            try (Descriptor parent = at) {
                at = opened(LibC.C.openat(parent.number(), LibC.text(part), flags, 0));
            }
        }
        return at;
    }

    /** Opens a directory (O_PATH) in a directory; a symbolic link is refused. */
    public static Descriptor openDirectoryIn(Descriptor parent, String name) throws KernelException {
        int flags = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
        return opened(LibC.C.openat(parent.number(), LibC.text(checkName(name)), flags, 0));
    }

    /** Makes a directory in a directory. {@link Errno#EEXIST} where the name is taken. */
    public static void makeDirectory(Descriptor parent, String name, int mode) throws KernelException {
        if (LibC.C.mkdirat(parent.number(), LibC.text(checkName(name)), mode) != 0) {
            throw LibC.failure("mkdir");
        }
    }

    /** Removes an empty directory that is in a directory. */
    public static void removeDirectory(Descriptor parent, String name) throws KernelException {
        if (LibC.C.unlinkat(parent.number(), LibC.text(checkName(name)), AT_REMOVEDIR) != 0) {
            throw LibC.failure("rmdir");
        }
    }

    public static FileStatus status(Descriptor file) throws KernelException {
        return statx(file.number(), "", AT_EMPTY_PATH);
    }

    /** What is at a path; the last part may be a link of /proc, which leads to the object itself. */
    public static FileStatus statusOf(String path) throws KernelException {
        return statx(AT_FDCWD, path, AT_STATX_DONT_SYNC);
    }

    /** What is at a path; a link is the link itself. */
    public static FileStatus linkStatusOf(String path) throws KernelException {
        return statx(AT_FDCWD, path, AT_STATX_DONT_SYNC | AT_SYMLINK_NOFOLLOW);
    }

    /**
     * The id of the mount that a file is on, never used twice while the machine runs.
     *
     * @return empty before Linux 6.8
     */
    public static OptionalLong uniqueMountId(Descriptor file) throws KernelException {
        byte[] struct = new byte[FileStatus.Layout.BYTES];
        int result = LibC.C.statx(file.number(), LibC.text(""), AT_EMPTY_PATH, STATX_MNT_ID_UNIQUE, struct);
        if (result != 0) {
            throw LibC.failure("statx");
        }
        ByteBuffer fields = ByteBuffer.wrap(struct).order(ByteOrder.nativeOrder());
        return (fields.getInt(FileStatus.Layout.MASK) & STATX_MNT_ID_UNIQUE) == 0
                ? OptionalLong.empty()
                : OptionalLong.of(fields.getLong(FileStatus.Layout.MOUNT_ID));
    }

    /** Where a symbolic link, or one of the links of /proc, leads. */
    public static String readLink(String path) throws KernelException {
        byte[] target = new byte[LINK_BYTES];
        long got = LibC.C.readlink(LibC.text(path), target, target.length);
        if (got < 0) {
            throw LibC.failure("readlink");
        }
        return new String(target, 0, (int) got, StandardCharsets.UTF_8);
    }

    private static FileStatus statx(int directory, String path, int flags) throws KernelException {
        byte[] struct = new byte[FileStatus.Layout.BYTES];
        if (LibC.C.statx(directory, LibC.text(path), flags, STATX_BASIC_STATS | STATX_MNT_ID, struct) != 0) {
            throw LibC.failure("statx");
        }
        return FileStatus.of(struct);
    }

    /** Space of the filesystem that is mounted at, or holds, a path. May hang where a network filesystem does. */
    public static FilesystemSpace space(String path) throws KernelException {
        byte[] struct = new byte[FilesystemSpace.Layout.BYTES];
        if (LibC.C.statfs(LibC.text(path), struct) != 0) {
            throw LibC.failure("statfs");
        }
        return FilesystemSpace.of(struct);
    }

    /** fchown(2) that also takes O_PATH descriptors; -1 leaves the user or group as it is. */
    public static void changeOwner(Descriptor file, int uid, int gid) throws KernelException {
        if (LibC.C.fchownat(file.number(), LibC.text(""), uid, gid, AT_EMPTY_PATH) != 0) {
            throw LibC.failure("fchown");
        }
    }

    /** fchmod(2) that also takes O_PATH descriptors, by way of /proc. */
    public static void changeMode(Descriptor file, int mode) throws KernelException {
        if (LibC.C.chmod(LibC.text(file.procPath()), mode) != 0) {
            throw LibC.failure("fchmod");
        }
    }

    /**
     * Opens a block device for itself alone: O_EXCL fails with {@link Errno#EBUSY} while it is mounted, in use as swap or
     * held by another. Only for reading, because udev looks anew into a device that is closed after it was open for writing.
     */
    public static Descriptor openExclusively(String device) throws KernelException {
        return opened(LibC.C.openat(AT_FDCWD, LibC.text(device), O_RDONLY | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0));
    }

    /** Writes one value to a file of /sys or /proc, in a single call as these files want it. */
    public static void writeValue(String file, String value) throws KernelException {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        try (Descriptor open = opened(LibC.C.openat(AT_FDCWD, LibC.text(file), O_WRONLY | O_CLOEXEC, 0))) {
            long written;
            do {
                written = LibC.C.write(open.number(), bytes, bytes.length);
            } while (written < 0 && LibC.errno() == Errno.EINTR);
            if (written < 0) {
                throw LibC.failure("write " + file);
            }
        }
    }

    /** Reads a file of /sys or /proc; reading some of them does something, such as adding a device. */
    public static String readValue(String file) throws KernelException {
        try (Descriptor open = opened(LibC.C.openat(AT_FDCWD, LibC.text(file), O_RDONLY | O_CLOEXEC, 0))) {
            return readToEnd(open).strip();
        }
    }

    private static String readToEnd(Descriptor file) throws KernelException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[READ_CHUNK];
        while (true) {
            long got = LibC.C.read(file.number(), buffer, buffer.length);
            if (got == 0) {
                return all.toString(StandardCharsets.UTF_8);
            }
            if (got > 0) {
                all.write(buffer, 0, (int) got);
            } else if (LibC.errno() != Errno.EINTR) {
                throw LibC.failure("read");
            }
        }
    }

    /**
     * The part of a regular file of a tmpfs that lies in swap, by cachestat(2): what it calls evicted is, of a file that
     * has no disk below it, swapped out. Nothing of the file is read, and nothing but a regular file is opened.
     *
     * @param path without symbolic link as its last part
     * @param pageBytes the size of a page of this machine
     * @return bytes; 0 for what is no regular file
     * @throws KernelException {@link Errno#ENOSYS} before Linux 6.5, {@link Errno#EACCES} where this user may not read it
     */
    public static long swappedBytes(String path, int pageBytes) throws KernelException {
        try (Descriptor named = opened(LibC.C.openat(AT_FDCWD, LibC.text(path), O_PATH | O_NOFOLLOW | O_CLOEXEC, 0))) {
            if (!status(named).isRegularFile()) {
                return 0;
            }
            byte[] answer = new byte[CacheStat.BYTES];
            try (Descriptor file =
                    opened(LibC.C.openat(AT_FDCWD, LibC.text(named.procPath()), O_RDONLY | O_CLOEXEC, 0))) {
                if (LibC.C.syscall(LibC.CACHESTAT, file.number(), CacheStat.WHOLE_FILE, answer, 0) != 0) {
                    throw LibC.failure("cachestat");
                }
            }
            return ByteBuffer.wrap(answer).order(ByteOrder.nativeOrder()).getLong(CacheStat.EVICTED) * pageBytes;
        }
    }

    /** struct cachestat_range (offset, length; a length of 0 is up to the end) and struct cachestat, all of 8 bytes. */
    private static final class CacheStat {
        static final byte[] WHOLE_FILE = new byte[16];
        /** cache, dirty, writeback, evicted, recently evicted; in pages. */
        static final int BYTES = 40;

        static final int EVICTED = 24;

        private CacheStat() {}
    }

    /** Whether this process has the rights of root. */
    public static boolean isRoot() {
        return LibC.C.geteuid() == 0;
    }

    private static Descriptor opened(int number) throws KernelException {
        if (number < 0) {
            throw LibC.failure("open");
        }
        return new Descriptor(number);
    }

    private static String checkName(String name) {
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0) {
            throw new IllegalArgumentException("not the name of a file in a directory: " + name);
        }
        return name;
    }

    private static boolean isArm() {
        return System.getProperty("os.arch", "").equals("aarch64");
    }
}
