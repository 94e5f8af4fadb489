// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.rpc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lines over a socket: the framing that client and engine share. A line is bytes up to a {@code \n}; neither end takes
 * more memory for one than {@link #MAX_LINE_BYTES}.
 *
 * <p>One thread reads and any number write; lines of several writers never mix. The channel is in blocking mode. As
 * with every such channel, a thread that is interrupted while it reads or writes closes it.
 */
public final class RpcConnection implements AutoCloseable {
    /** Longest line, its end apart: 1 MiB. */
    public static final int MAX_LINE_BYTES = 1 << 20;

    private static final int FIRST_BUFFER_BYTES = 8 << 10;
    private static final byte LINE_END = '\n';

    private final SocketChannel channel;
    private final int maxReadBytes;
    private final Object writeLock = new Object();
    /** Bytes read and not yet handed out: from {@code start} to {@code end}. */
    private byte[] buffer = new byte[FIRST_BUFFER_BYTES];

    private int start;
    private int end;

    public RpcConnection(SocketChannel channel) {
        this(channel, MAX_LINE_BYTES);
    }

    /** @param maxReadBytes longest line to accept, at most {@link #MAX_LINE_BYTES} */
    public RpcConnection(SocketChannel channel, int maxReadBytes) {
        this.channel = channel;
        this.maxReadBytes = Math.min(maxReadBytes, MAX_LINE_BYTES);
    }

    /**
     * The next line without its end; waits for it.
     *
     * @return null when the other end has closed; a line that it cut short is dropped
     * @throws RpcLineTooLongException when the line is longer than this end accepts; the connection is then of no
     *     further use
     */
    public byte @Nullable [] readLine() throws IOException {
        int searched = start;
        while (true) {
            for (int i = searched; i < end; i++) {
                if (buffer[i] == LINE_END) {
                    byte[] line = Arrays.copyOfRange(buffer, start, i);
                    start = i + 1;
                    return line;
                }
            }
            makeRoom();
            searched = end;
            int read = channel.read(ByteBuffer.wrap(buffer, end, buffer.length - end));
            if (read < 0) {
                return null;
            }
            end += read;
        }
    }

    /** Moves what is left to the front and grows the buffer, so that at least one byte more fits. */
    private void makeRoom() throws RpcLineTooLongException {
        int pending = end - start;
        if (pending > maxReadBytes) {
            throw new RpcLineTooLongException(pending, maxReadBytes);
        }
        byte[] target = buffer;
        if (pending == 0 && buffer.length > FIRST_BUFFER_BYTES) {
            target = new byte[FIRST_BUFFER_BYTES];
        } else if (pending == buffer.length) {
            target = new byte[Math.min(buffer.length * 2, maxReadBytes + 1)];
        }
        System.arraycopy(buffer, start, target, 0, pending);
        buffer = target;
        start = 0;
        end = pending;
    }

    /**
     * Writes one line and its end; waits until the socket has taken it all.
     *
     * @param line without a line end, which JSON on one line never holds
     * @throws RpcLineTooLongException when it is longer than {@link #MAX_LINE_BYTES}; nothing was written then
     */
    public void writeLine(byte[] line) throws IOException {
        if (line.length > MAX_LINE_BYTES) {
            throw new RpcLineTooLongException(line.length, MAX_LINE_BYTES);
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(line.length + 1).put(line).put(LINE_END).flip();
        synchronized (writeLock) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    /**
     * Ends the life as lines: the socket itself, and the bytes that came after the last line and were already read from
     * it. Called by the reading thread; neither reads nor writes may follow on this object.
     */
    public RawConnection detach() {
        RawConnection raw = new RawConnection(
                channel, ByteBuffer.wrap(Arrays.copyOfRange(buffer, start, end)).asReadOnlyBuffer());
        start = end;
        return raw;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
