// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Replies that are ready and not yet sent, in the order in which they will leave.
 *
 * <p>Only one thread adds and sends, and no worker ever waits for a client. Everything is sent in one write when the
 * session has no complete request left, or when the buffer is full. The channel has a lock, because replies to writes
 * that waited for room leave from {@link #aside another output} in between; but for a {@linkplain #holdChannel stream},
 * what is sent at a time is whole replies.
 */
final class ReplyOutput {
    /** Room for the longest error with its text. */
    private static final int ASIDE_BYTES = 1024;

    private final WritableByteChannel channel;
    private final ReentrantLock channelLock;
    private final @Nullable BufferPool pool;
    private final Activity activity;
    private @Nullable Lease lease;
    private ByteBuffer bytes;
    private @Nullable ReplyTimes times;
    private int start;
    private int end;

    ReplyOutput(WritableByteChannel channel, BufferPool pool, Activity activity) {
        this.channel = channel;
        this.channelLock = new ReentrantLock();
        this.pool = pool;
        this.activity = activity;
        Lease basic = pool.basic();
        this.lease = basic;
        this.bytes = basic.buffer();
    }

    private ReplyOutput(ReplyOutput main) {
        this.channel = main.channel;
        this.channelLock = main.channelLock;
        this.pool = null;
        this.activity = new Activity();
        this.bytes = ByteBuffer.allocateDirect(ASIDE_BYTES);
    }

    /** An output for short replies of another thread, to the same client. Needs no closing. */
    ReplyOutput aside() {
        return new ReplyOutput(this);
    }

    /** Tells these whenever replies have left. */
    void timeWith(ReplyTimes replyTimes) {
        times = replyTimes;
    }

    /** The buffer; free from index {@link #end()} on. Changes with {@link #send} and {@link #adopt}. */
    ByteBuffer bytes() {
        return bytes;
    }

    int end() {
        return end;
    }

    boolean isEmpty() {
        return start == end;
    }

    /** Makes sure that {@code count} bytes, at most a buffer, can be put at {@link #end()}; sends if need be. */
    void makeRoom(int count) throws IOException {
        if (bytes.capacity() - end < count) {
            send();
        }
    }

    /** Adds the bytes that were put at {@link #end()}. */
    void added(int count) {
        end += count;
    }

    void addSimpleReply(int error, long cookie) throws IOException {
        makeRoom(TransmissionWire.SIMPLE_REPLY_BYTES);
        putSimpleHeader(bytes, end, error, cookie);
        end += TransmissionWire.SIMPLE_REPLY_BYTES;
    }

    void addChunkHeader(int flags, int type, long cookie, int payloadBytes) throws IOException {
        makeRoom(TransmissionWire.CHUNK_HEADER_BYTES);
        putChunkHeader(bytes, end, flags, type, cookie, payloadBytes);
        end += TransmissionWire.CHUNK_HEADER_BYTES;
    }

    void addByte(byte value) {
        bytes.put(end, value);
        end += Byte.BYTES;
    }

    void addShort(int value) {
        bytes.putShort(end, (short) value);
        end += Short.BYTES;
    }

    void addInt(int value) {
        bytes.putInt(end, value);
        end += Integer.BYTES;
    }

    void addLong(long value) {
        bytes.putLong(end, value);
        end += Long.BYTES;
    }

    void addBytes(byte[] source) {
        bytes.put(end, source);
        end += source.length;
    }

    static void putSimpleHeader(ByteBuffer target, int index, int error, long cookie) {
        target.putInt(index, TransmissionWire.SIMPLE_REPLY_MAGIC);
        target.putInt(index + TransmissionWire.SIMPLE_ERROR_AT, error);
        target.putLong(index + TransmissionWire.SIMPLE_COOKIE_AT, cookie);
    }

    static void putChunkHeader(ByteBuffer target, int index, int flags, int type, long cookie, int payloadBytes) {
        target.putInt(index, TransmissionWire.CHUNK_MAGIC);
        target.putShort(index + TransmissionWire.CHUNK_FLAGS_AT, (short) flags);
        target.putShort(index + TransmissionWire.CHUNK_TYPE_AT, (short) type);
        target.putLong(index + TransmissionWire.CHUNK_COOKIE_AT, cookie);
        target.putInt(index + TransmissionWire.CHUNK_LENGTH_AT, payloadBytes);
    }

    /**
     * Adds what lies in an extra buffer without copying: that buffer becomes the session's own, and the one it had goes
     * back to the pool.
     */
    void adopt(Lease filled, int filledStart, int filledEnd) throws IOException {
        try {
            send();
        } catch (IOException e) {
            filled.release();
            throw e;
        }
        release();
        lease = filled;
        bytes = filled.buffer();
        start = filledStart;
        end = filledEnd;
    }

    /** Sends everything, waiting for the client where it must. */
    void send() throws IOException {
        if (start == end) {
            return;
        }
        bytes.limit(end).position(start);
        activity.sending();
        channelLock.lock();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } finally {
            channelLock.unlock();
            activity.sent();
            bytes.clear();
        }
        start = 0;
        end = 0;
        if (times != null) {
            times.sent();
        }
    }

    /** Keeps other outputs from the channel while a reply leaves in several sendings. */
    void holdChannel() {
        channelLock.lock();
    }

    void letGoOfChannel() {
        channelLock.unlock();
    }

    /** Ends the connection, because a reply cannot be sent. */
    void closeChannel() {
        try {
            channel.close();
        } catch (IOException e) {
            // Closed or not, nothing is sent any more.
        }
    }

    void close() {
        release();
        if (pool != null) {
            pool.endBasic();
        }
    }

    private void release() {
        Lease held = lease;
        if (held != null) {
            held.release();
        }
    }
}
