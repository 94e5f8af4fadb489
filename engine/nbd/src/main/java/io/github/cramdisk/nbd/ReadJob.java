// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads one piece into an extra buffer. While it is done but its session has not collected it (because its client does
 * not read), the pool may revoke the buffer; the session then reads the piece again by itself.
 */
final class ReadJob extends Job {
    /** Where the data lies in the buffer; the longest header fits in front of it. */
    static final int DATA_AT = 64;

    private static final long REVOCABLE_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final BufferPool pool;
    private final BlockDevice device;

    private @Nullable Lease lease;
    private long cookie;
    private long offsetBytes;
    private int lengthBytes;
    private Reads.Form form = Reads.Form.WHOLE;

    ReadJob(BufferPool pool, BlockDevice device) {
        this.pool = pool;
        this.device = device;
    }

    void prepare(Lease target, Reads.Form replyForm, long requestCookie, long offset, int length) {
        lease = target;
        form = replyForm;
        cookie = requestCookie;
        offsetBytes = offset;
        lengthBytes = length;
        queue();
        pool.addBorrower(this);
    }

    @Override
    void work() throws DeviceException {
        Lease target = lease;
        if (target != null) {
            device.read(offsetBytes, lengthBytes, target.buffer(), DATA_AT);
        }
    }

    /** Takes the result of a done job: the buffer, or null if it was revoked. The job is idle afterwards. */
    @Nullable
    Lease collect() {
        Lease result = null;
        if (move(DONE, IDLE)) {
            pool.removeBorrower(this);
            result = lease;
        } else {
            move(REVOKED, IDLE);
        }
        lease = null;
        return result;
    }

    /** Called by the pool under its monitor: the buffer of a job that waits for a slow client, or null. */
    @Nullable
    Lease revoke() {
        // Taken before the move: right after it the session may find the job revoked and let go of the field.
        Lease taken = lease;
        if (isDone() && System.nanoTime() - doneAtNanos() > REVOCABLE_AFTER_NANOS && move(DONE, REVOKED)) {
            return taken;
        }
        return null;
    }

    long cookie() {
        return cookie;
    }

    long offsetBytes() {
        return offsetBytes;
    }

    int lengthBytes() {
        return lengthBytes;
    }

    Reads.Form form() {
        return form;
    }
}
