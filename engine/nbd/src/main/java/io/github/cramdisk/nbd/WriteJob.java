// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import org.jspecify.annotations.Nullable;

/** Writes one piece of a payload from the input buffer in which it was received, and lets go of that buffer when it has. */
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
        try {
            device.write(offsetBytes, lengthBytes, source.buffer(), index);
        } finally {
            letGo();
        }
    }

    /** Takes the result of a done job, which is idle afterwards. */
    @Nullable
    DeviceException collect() {
        try {
            return failure();
        } finally {
            move(DONE, IDLE);
        }
    }

    /** Makes sure that nobody writes or will write this piece, and that its buffer is free. */
    void abandon() {
        if (cancel()) {
            letGo();
        }
    }

    private void letGo() {
        Lease source = lease;
        lease = null;
        if (source != null) {
            source.release();
        }
    }
}
