// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A device of plain memory that knows which of its 4 KiB blocks are holes; up to 1 GiB. */
class MemoryDevice implements BlockDevice {
    static final int BLOCK_BYTES = 4096;

    private final ByteBuffer memory;
    private final int sizeBytes;
    /** 1 for blocks that have been written since they were trimmed. */
    private final AtomicIntegerArray allocated;

    final AtomicLong flushes = new AtomicLong();
    final AtomicLong writes = new AtomicLong();
    /** Writes that begin or end within a block. */
    final AtomicLong unalignedWrites = new AtomicLong();

    /** Names of the threads that have read, and that have written. */
    final Set<String> readers = ConcurrentHashMap.newKeySet();

    final Set<String> writers = ConcurrentHashMap.newKeySet();
    volatile boolean lastZeroMayTrim;
    /** The device fails reads and writes that touch this offset. */
    volatile long badOffset = -1;

    volatile NbdError badError = NbdError.EIO;

    MemoryDevice(int sizeBytes) {
        this.sizeBytes = sizeBytes;
        this.memory = ByteBuffer.allocateDirect(sizeBytes);
        this.allocated = new AtomicIntegerArray((sizeBytes + BLOCK_BYTES - 1) / BLOCK_BYTES);
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public int preferredBlockBytes() {
        return BLOCK_BYTES;
    }

    @Override
    public void read(long offsetBytes, int lengthBytes, ByteBuffer target, int targetIndex) throws DeviceException {
        failIfBad(offsetBytes, lengthBytes);
        readers.add(Thread.currentThread().getName());
        target.put(targetIndex, memory, (int) offsetBytes, lengthBytes);
    }

    @Override
    public void write(long offsetBytes, int lengthBytes, ByteBuffer source, int sourceIndex) throws DeviceException {
        failIfBad(offsetBytes, lengthBytes);
        writers.add(Thread.currentThread().getName());
        writes.incrementAndGet();
        if (offsetBytes % BLOCK_BYTES != 0 || lengthBytes % BLOCK_BYTES != 0) {
            unalignedWrites.incrementAndGet();
        }
        memory.put((int) offsetBytes, source, sourceIndex, lengthBytes);
        mark((int) offsetBytes, lengthBytes, 1);
    }

    @Override
    public void trim(long offsetBytes, long lengthBytes) {
        clear(offsetBytes, lengthBytes, true);
    }

    @Override
    public void zero(long offsetBytes, long lengthBytes, boolean mayTrim) {
        lastZeroMayTrim = mayTrim;
        clear(offsetBytes, lengthBytes, mayTrim);
    }

    @Override
    public void flush() {
        flushes.incrementAndGet();
    }

    @Override
    public void extents(long offsetBytes, long lengthBytes, ExtentVisitor visitor) {
        long at = offsetBytes;
        long end = offsetBytes + lengthBytes;
        while (at < end) {
            int block = (int) (at / BLOCK_BYTES);
            int state = allocated.get(block);
            do {
                block++;
            } while ((long) block * BLOCK_BYTES < end && allocated.get(block) == state);
            long next = Math.min(end, (long) block * BLOCK_BYTES);
            if (!visitor.extent(next - at, state == 0, state == 0)) {
                return;
            }
            at = next;
        }
    }

    void fill(byte value) {
        for (int i = 0; i < sizeBytes; i++) {
            memory.put(i, value);
        }
        mark(0, sizeBytes, 1);
    }

    byte byteAt(int offset) {
        return memory.get(offset);
    }

    @Nullable
    String firstDifference(byte[] expected) {
        for (int i = 0; i < expected.length; i++) {
            if (memory.get(i) != expected[i]) {
                return "byte " + i + " is " + memory.get(i) + ", not " + expected[i];
            }
        }
        return null;
    }

    private void clear(long offsetBytes, long lengthBytes, boolean hole) {
        int offset = (int) offsetBytes;
        int length = (int) lengthBytes;
        for (int i = offset; i < offset + length; i++) {
            memory.put(i, (byte) 0);
        }
        if (hole) {
            int first = (offset + BLOCK_BYTES - 1) / BLOCK_BYTES;
            int last = (offset + length) / BLOCK_BYTES;
            for (int block = first; block < last; block++) {
                allocated.set(block, 0);
            }
        } else {
            mark(offset, length, 1);
        }
    }

    private void mark(int offset, int length, int state) {
        if (length > 0) {
            for (int block = offset / BLOCK_BYTES; block <= (offset + length - 1) / BLOCK_BYTES; block++) {
                allocated.lazySet(block, state);
            }
        }
    }

    private void failIfBad(long offset, int length) throws DeviceException {
        long bad = badOffset;
        if (bad >= offset && bad < offset + length) {
            throw new DeviceException(badError, "bad block at " + bad);
        }
    }
}
