// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request of which parts found no room and wait for it: WRITE with its payload, WRITE_ZEROES or TRIM without.
 *
 * <p>OPEN while its session still receives or collects parts, then SEALED. It leaves its {@link ParkingLot} when it is
 * sealed and either nothing of it is left to do or it has failed; or with its session. Guarded by the lot's lock.
 */
final class ParkedWrite {
    final NbdCommand command;
    final long cookie;
    final long lengthBytes;
    final boolean durable;
    final long sinceNanos;

    private final List<Part> parts = new ArrayList<>();
    private long heldBytes;
    private boolean sealed;
    private @Nullable DeviceException failure;

    /** What is left of one piece: a range of the device, and where its bytes lie in {@code data}. */
    private record Part(long offset, int length, @Nullable ByteBuffer data, int index, boolean mayTrim) {
        long end() {
            return offset + Integer.toUnsignedLong(length);
        }
    }

    ParkedWrite(NbdCommand command, long cookie, long lengthBytes, boolean durable, long nowNanos) {
        this.command = command;
        this.cookie = cookie;
        this.lengthBytes = lengthBytes;
        this.durable = durable;
        this.sinceNanos = nowNanos;
    }

    /** Adds bytes to be written; the copy of them is this request's own. */
    void addData(long offset, ByteBuffer data) {
        parts.add(new Part(offset, data.capacity(), data, 0, false));
        heldBytes += data.capacity();
    }

    /** Adds a range to be zeroed, shorter than 4 GiB. */
    void addZeroes(long offset, long length, boolean mayTrim) {
        parts.add(new Part(offset, (int) length, null, 0, mayTrim));
    }

    /** Payload kept for it, until it leaves. */
    long heldBytes() {
        return heldBytes;
    }

    /** No parts are added any more. */
    void seal(@Nullable DeviceException failed) {
        sealed = true;
        if (failed != null) {
            fail(failed);
        }
    }

    /** What is left is given up. */
    void fail(DeviceException failed) {
        if (failure == null) {
            failure = failed;
        }
        parts.clear();
    }

    @Nullable
    DeviceException failure() {
        return failure;
    }

    boolean isOver() {
        return sealed && parts.isEmpty();
    }

    /** Takes away what something newer writes. */
    void supersede(long from, long end) {
        for (int i = parts.size() - 1; i >= 0; i--) {
            Part part = parts.get(i);
            if (part.offset() >= end || part.end() <= from) {
                continue;
            }
            parts.remove(i);
            if (part.end() > end) {
                parts.add(i, cut(part, end, part.end()));
            }
            if (part.offset() < from) {
                parts.add(i, cut(part, part.offset(), from));
            }
        }
    }

    private static Part cut(Part part, long from, long end) {
        int skipped = (int) (from - part.offset());
        return new Part(from, (int) (end - from), part.data(), part.index() + skipped, part.mayTrim());
    }

    /**
     * Does what is left, as far as there is room.
     *
     * @return false when there was none
     */
    boolean attempt(BlockDevice device) {
        Iterator<Part> left = parts.iterator();
        while (left.hasNext()) {
            Part part = left.next();
            try {
                if (part.data() == null) {
                    device.zero(part.offset(), Integer.toUnsignedLong(part.length()), part.mayTrim());
                } else {
                    device.write(part.offset(), part.length(), part.data(), part.index());
                }
            } catch (DeviceException e) {
                if (e.error() == NbdError.ENOSPC) {
                    return false;
                }
                fail(e);
                return true;
            }
            left.remove();
        }
        return true;
    }
}
