// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store.arena;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/**
 * The system calls on a file that Java has no methods for. Thread-safe; the descriptor is its own, so that the
 * mapping of the same file is independent of it.
 *
 * <p>Sources: fallocate(2), lseek(2), open(2), madvise(2), and mm/shmem.c for what tmpfs does with them: memory that was allocated
 * but never touched is still reported as a hole.
 */
final class TmpfsFile implements AutoCloseable {
    /** What {@link #nextData} answers when there is none. */
    static final long NO_DATA = -1;

    private static final int O_RDWR = 0x2;
    private static final int O_CREAT = 0x40;
    private static final int O_NOFOLLOW = 0x20000;
    private static final int O_CLOEXEC = 0x80000;
    private static final int MODE_OWNER_ONLY = 0600;
    private static final int FALLOC_FL_KEEP_SIZE = 0x1;
    private static final int FALLOC_FL_PUNCH_HOLE = 0x2;
    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;
    private static final int MADV_HUGEPAGE = 14;
    private static final int MADV_POPULATE_WRITE = 23;
    private static final int EINTR = 4;
    private static final int ENXIO = 6;

    /** The C library. Public because jnr-ffi implements it from another package. */
    public interface LibC {
        int open(CharSequence path, int flags, int mode);

        int fallocate(int descriptor, int mode, long offset, long length);

        long lseek(int descriptor, long offset, int whence);

        int close(int descriptor);

        int madvise(long address, long length, int advice);
    }

    private static final class Native {
        static final LibC C = LibraryLoader.create(LibC.class).load("c");
        static final Runtime RUNTIME = Runtime.getRuntime(C);

        static int errno() {
            return RUNTIME.getLastError();
        }
    }

    private final Path path;
    private final int descriptor;

    private TmpfsFile(Path path, int descriptor) {
        this.path = path;
        this.descriptor = descriptor;
    }

    /**
     * Opens a file for reading and writing, following no symbolic link; a new one gets mode 0600.
     *
     * @throws IOException with the number of the error
     */
    static TmpfsFile open(Path path, boolean create) throws IOException {
        int flags = O_RDWR | O_NOFOLLOW | O_CLOEXEC | (create ? O_CREAT : 0);
        int descriptor = Native.C.open(path.toString(), flags, MODE_OWNER_ONLY);
        if (descriptor < 0) {
            throw new IOException("open " + path + ": errno " + Native.errno());
        }
        return new TmpfsFile(path, descriptor);
    }

    /** Takes memory for a range of the file, growing it if need be. False when there is none (any error). */
    boolean allocate(long offset, long length) {
        int result;
        do {
            result = Native.C.fallocate(descriptor, 0, offset, length);
        } while (result != 0 && Native.errno() == EINTR);
        return result == 0;
    }

    /**
     * Gives the memory of a range back; it reads as zeroes afterwards, at the price of a page for each page read.
     *
     * @throws IOException when the file system cannot
     */
    void punch(long offset, long length) throws IOException {
        int result;
        do {
            result = Native.C.fallocate(descriptor, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, length);
        } while (result != 0 && Native.errno() == EINTR);
        if (result != 0) {
            throw new IOException("fallocate(PUNCH_HOLE) on " + path + ": errno " + Native.errno());
        }
    }

    /** Asks for huge pages in a mapping; without effect where the tmpfs does not have them. */
    static void adviseHugePages(ByteBuffer mapping) {
        Native.C.madvise(addressOf(mapping), mapping.capacity(), MADV_HUGEPAGE);
    }

    /** Takes memory for a range of a mapping by touching it; false when there is none, be it for a part of it. */
    static boolean populate(ByteBuffer mapping, int index, int length) {
        int result;
        do {
            result = Native.C.madvise(addressOf(mapping) + index, length, MADV_POPULATE_WRITE);
        } while (result != 0 && Native.errno() == EINTR);
        return result == 0;
    }

    private static long addressOf(ByteBuffer mapping) {
        return Pointer.wrap(Native.RUNTIME, mapping).address();
    }

    /** Start of the first touched range at or after an offset, or {@link #NO_DATA}. */
    long nextData(long offset) throws IOException {
        return seek(offset, SEEK_DATA);
    }

    /** End of the touched range that holds an offset. */
    long nextHole(long offset) throws IOException {
        return seek(offset, SEEK_HOLE);
    }

    private long seek(long offset, int whence) throws IOException {
        long result = Native.C.lseek(descriptor, offset, whence);
        if (result < 0) {
            if (Native.errno() == ENXIO) {
                return NO_DATA;
            }
            throw new IOException("lseek on " + path + ": errno " + Native.errno());
        }
        return result;
    }

    @Override
    public void close() {
        Native.C.close(descriptor);
    }
}
