// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * What a session has received and not yet consumed: {@code length()} bytes from index {@code start()} of a buffer.
 *
 * <p>Jobs may still read consumed bytes of the buffer; it is exchanged for another before those are overwritten. For
 * the session thread only.
 */
final class InputBuffer {
    /** With less room than this behind the unconsumed bytes they are moved to the front before reading on. */
    private static final int LEAST_ROOM_BYTES = NbdLimits.HAND_OFF_BYTES;

    private final ReadableByteChannel channel;
    private final BufferPool pool;
    private Lease lease;
    private ByteBuffer bytes;
    private int start;
    private int end;

    InputBuffer(ReadableByteChannel channel, BufferPool pool) {
        this.channel = channel;
        this.pool = pool;
        this.lease = pool.basic();
        this.bytes = lease.buffer();
    }

    Lease lease() {
        return lease;
    }

    ByteBuffer bytes() {
        return bytes;
    }

    /** Index in {@link #bytes()} of the first byte not consumed. */
    int start() {
        return start;
    }

    /** Bytes received and not consumed. */
    int length() {
        return end - start;
    }

    void consume(int count) {
        start += count;
    }

    /**
     * Makes room behind the unconsumed bytes without touching bytes that a job still reads.
     *
     * @return whether there is room; if not, the session must wait for its jobs and ask again
     */
    boolean makeRoom() {
        boolean shared = lease.isShared();
        if (start == end && !shared) {
            start = 0;
            end = 0;
            return true;
        }
        if (bytes.capacity() - end >= LEAST_ROOM_BYTES) {
            return true;
        }
        int length = end - start;
        if (!shared) {
            bytes.put(0, bytes, start, length);
        } else {
            @Nullable Lease fresh = pool.extra();
            if (fresh == null) {
                return false;
            }
            fresh.buffer().put(0, bytes, start, length);
            lease.release();
            lease = fresh;
            bytes = fresh.buffer();
        }
        start = 0;
        end = length;
        return true;
    }

    /** Waits for at least one more byte and takes what has arrived; false at the end of the stream. */
    boolean receive() throws IOException {
        bytes.position(end);
        int count = channel.read(bytes);
        if (count < 0) {
            return false;
        }
        end += count;
        return true;
    }

    /** Receives until {@code count} bytes, at most a piece, are unconsumed; false if the stream ends before. */
    boolean require(int count) throws IOException {
        while (length() < count) {
            if (!makeRoom() || !receive()) {
                return false;
            }
        }
        return true;
    }

    /** Receives and drops bytes; false if the stream ends before. */
    boolean skip(long count) throws IOException {
        long left = count;
        while (left > 0) {
            if (length() == 0 && !require(1)) {
                return false;
            }
            int step = (int) Math.min(left, length());
            consume(step);
            left -= step;
        }
        return true;
    }

    void close() {
        lease.release();
        pool.endBasic();
    }
}
