// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store.arena;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A sparse file on tmpfs, mapped in windows of 1 GiB and addressed by file offset. Backs arenas and indexes alike.
 *
 * <p>Threads: any. Nothing here checks that a range is allocated: reading or writing a hole would take memory without
 * asking, so callers touch only what they have {@linkplain #allocate allocated}. After {@link #close} no method may be
 * called: the memory is unmapped, and a late access would end the process; the store makes sure of that.
 *
 * <p>An access never crosses the border of a window; callers keep their units aligned so that it cannot.
 */
public final class ArenaMapping implements AutoCloseable {
    static final int WINDOW_SHIFT = 30;
    static final long WINDOW_BYTES = 1L << WINDOW_SHIFT;

    private static final long WINDOW_MASK = WINDOW_BYTES - 1;
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private volatile Path path;
    private final boolean hugePages;
    private final FileChannel channel;
    private final TmpfsFile file;
    private final AtomicReferenceArray<@Nullable MappedByteBuffer> windows;

    private ArenaMapping(Path path, FileChannel channel, TmpfsFile file, int windowCount, boolean hugePages) {
        this.path = path;
        this.hugePages = hugePages;
        this.channel = channel;
        this.file = file;
        this.windows = new AtomicReferenceArray<>(windowCount);
    }

    /**
     * Opens or creates a file.
     *
     * @param maxBytes no offset will be at or beyond this
     * @param hugePages whether the tmpfs has huge pages, and {@link #allocateHuge} is to use them
     * @throws IOException when the file cannot be opened, or is a symbolic link
     */
    public static ArenaMapping open(Path path, long maxBytes, boolean create, boolean hugePages) throws IOException {
        TmpfsFile file = TmpfsFile.open(path, create);
        try {
            FileChannel channel = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            return new ArenaMapping(
                    path, channel, file, Math.toIntExact((maxBytes + WINDOW_BYTES - 1) >>> WINDOW_SHIFT), hugePages);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Takes memory for a range. False when the tmpfs has no room; then nothing has changed. */
    public boolean allocate(long offset, long length) {
        // Mapped first: mapping extends the file, and must not do so with a length that is already out of date.
        window(offset);
        return file.allocate(offset, length);
    }

    /** Whether {@link #allocateHuge} takes huge pages. */
    boolean hasHugePages() {
        return hugePages;
    }

    /**
     * Takes memory for a range that is aligned to huge pages, as huge pages where the machine has some left: ten times
     * faster than small ones. False when there is no room; then nothing has changed.
     */
    boolean allocateHuge(long offset, int length) throws IOException {
        if (TmpfsFile.populate(window(offset), (int) (offset & WINDOW_MASK), length)) {
            return true;
        }
        release(offset, length);
        return false;
    }

    /** Gives the memory of a range back. */
    public void release(long offset, long length) throws IOException {
        file.punch(offset, length);
    }

    /** Gives everything at or after an offset back. */
    public void releaseFrom(long offset) throws IOException {
        long length = channel.size() - offset;
        if (length > 0) {
            file.punch(offset, length);
        }
    }

    /** Length of the file in bytes; most of it may be holes. */
    public long fileBytes() throws IOException {
        return channel.size();
    }

    /** Start of the first range at or after an offset that holds data, or -1. */
    public long nextData(long offset) throws IOException {
        return offset >= channel.size() ? TmpfsFile.NO_DATA : file.nextData(offset);
    }

    /** End of the data range that holds an offset. */
    public long nextHole(long offset) throws IOException {
        return file.nextHole(offset);
    }

    public void copyIn(long offset, ByteBuffer source, int sourceIndex, int length) {
        window(offset).put((int) (offset & WINDOW_MASK), source, sourceIndex, length);
    }

    public void copyOut(long offset, ByteBuffer target, int targetIndex, int length) {
        target.put(targetIndex, window(offset), (int) (offset & WINDOW_MASK), length);
    }

    /** Reads consecutive 8-byte words. */
    public void getLongs(long offset, long[] target) {
        window(offset)
                .slice((int) (offset & WINDOW_MASK), target.length * Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer()
                .get(target);
    }

    /** Reads 8 bytes at an aligned offset; what another thread wrote before its {@link #putLongRelease} is visible. */
    public long getLongAcquire(long offset) {
        return (long) LONGS.getAcquire(window(offset), (int) (offset & WINDOW_MASK));
    }

    /** Writes 8 bytes at an aligned offset with one store that is never torn, after all writes before it. */
    public void putLongRelease(long offset, long value) {
        LONGS.setRelease(window(offset), (int) (offset & WINDOW_MASK), value);
    }

    long getLong(long offset) {
        return (long) LONGS.get(window(offset), (int) (offset & WINDOW_MASK));
    }

    void putLong(long offset, long value) {
        LONGS.set(window(offset), (int) (offset & WINDOW_MASK), value);
    }

    private MappedByteBuffer window(long offset) {
        int number = (int) (offset >>> WINDOW_SHIFT);
        MappedByteBuffer window = windows.getAcquire(number);
        return window != null ? window : mapWindow(number);
    }

    private synchronized MappedByteBuffer mapWindow(int number) {
        MappedByteBuffer window = windows.getAcquire(number);
        if (window == null) {
            try {
                // Extends the file with a hole where it is shorter, so that no access is beyond its end.
                window = channel.map(FileChannel.MapMode.READ_WRITE, (long) number << WINDOW_SHIFT, WINDOW_BYTES);
            } catch (IOException e) {
                throw new UncheckedIOException("mapping " + path, e);
            }
            if (hugePages) {
                TmpfsFile.adviseHugePages(window);
            }
            windows.setRelease(number, window);
        }
        return window;
    }

    /** Unmaps and closes; the file keeps its contents. */
    @Override
    public synchronized void close() throws IOException {
        for (int i = 0; i < windows.length(); i++) {
            MappedByteBuffer window = windows.getAndSet(i, null);
            if (window != null) {
                Unmapper.unmap(window);
            }
        }
        file.close();
        channel.close();
    }

    /** Gives the file another name in one step, in the place of any file that has it. */
    public void renameTo(Path newPath) throws IOException {
        Files.move(path, newPath, StandardCopyOption.ATOMIC_MOVE);
        path = newPath;
    }

    /**
     * Removes the file and closes it. The name goes first, so that a kill in the middle leaves no half file; the memory is
     * given back before the mapping, because a mapped file frees nothing when it is unlinked.
     */
    public void destroy() throws IOException {
        Files.deleteIfExists(path);
        try {
            releaseFrom(0);
        } finally {
            close();
        }
    }

    /** Unmapping at a time of our choosing instead of the collector's; {@code jdk.unsupported} has the only way. */
    private static final class Unmapper {
        private static final MethodHandle INVOKE_CLEANER = invokeCleaner();

        static void unmap(MappedByteBuffer window) {
            try {
                INVOKE_CLEANER.invoke((ByteBuffer) window);
            } catch (Throwable e) {
                throw new AssertionError("a mapped buffer can be cleaned once", e);
            }
        }

        private static MethodHandle invokeCleaner() {
            try {
                Class<?> unsafe = Class.forName("sun.misc.Unsafe");
                var field = unsafe.getDeclaredField("theUnsafe");
                field.setAccessible(true);
                return MethodHandles.lookup()
                        .findVirtual(unsafe, "invokeCleaner", MethodType.methodType(void.class, ByteBuffer.class))
                        .bindTo(field.get(null));
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }
}
