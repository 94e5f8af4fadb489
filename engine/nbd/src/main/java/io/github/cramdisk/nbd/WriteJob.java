// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Writes one piece of a payload from the input buffer in which it was received, and lets go of that buffer when it has; or
 * later, when there was no room and the piece must be kept. */
final class WriteJob extends Job {
    private final BlockDevice device;

    private @Nullable Lease lease;
    private int index;
    private long offsetBytes;
    private int lengthBytes;

    WriteJob(BlockDevice device) {
        this.device = device;
    }

    void prepare(Lease source, int sourceIndex, long offset, int length) {
        source.retain();
        lease = source;
        index = sourceIndex;
        offsetBytes = offset;
        lengthBytes = length;
        queue();
    }

    @Override
    void work() throws DeviceException {
        Lease source = lease;
        if (source == null) {
            return;
        }
        boolean keep = false;
        try {
            device.write(offsetBytes, lengthBytes, source.buffer(), index);
        } catch (DeviceException e) {
            keep = e.error() == NbdError.ENOSPC;
            throw e;
        } finally {
            if (!keep) {
                letGo();
            }
        }
    }

    /** The error of a done job, or null. When it is ENOSPC the piece is still there, until {@link #collect}. */
    @Nullable
    DeviceException result() {
        return failure();
    }

    /** Ends with a done job, which is idle afterwards. */
    void collect() {
        letGo();
        move(DONE, IDLE);
    }

    long offsetBytes() {
        return offsetBytes;
    }

    int lengthBytes() {
        return lengthBytes;
    }

    /** Where the piece lies, while it is there. */
    @Nullable
    ByteBuffer source() {
        Lease held = lease;
        return held == null ? null : held.buffer();
    }

    int sourceIndex() {
        return index;
    }

    /** Makes sure that nobody writes or will write this piece, and that its buffer is free. */
    void abandon() {
        cancel();
        letGo();
    }

    private void letGo() {
        Lease source = lease;
        lease = null;
        if (source != null) {
            source.release();
        }
    }
}
