// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.integration;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * One NBD connection that keeps requests in flight and reports each answer, which no ready-made client does: a test that
 * kills the server has to know what was acknowledged. Fixed newstyle, simple replies, written apart from the server from
 * the protocol's text. Used by one thread.
 */
final class NbdClient implements AutoCloseable {
    private static final long NBD_MAGIC = 0x4e42444d41474943L; // "NBDMAGIC"
    private static final long OPTION_MAGIC = 0x49484156454F5054L; // "IHAVEOPT"
    private static final int FLAG_FIXED_NEWSTYLE = 1;
    private static final int FLAG_NO_ZEROES = 1 << 1;
    private static final int OPT_EXPORT_NAME = 1;
    private static final int REQUEST_MAGIC = 0x25609513;
    private static final int REPLY_MAGIC = 0x67446698;
    private static final int REQUEST_BYTES = 28;
    private static final int REPLY_BYTES = 16;

    /** The commands that the tests send. */
    enum Type {
        READ(0),
        WRITE(1),
        TRIM(4),
        WRITE_ZEROES(6);

        private final short code;

        Type(int code) {
            this.code = (short) code;
        }
    }

    /** @param error 0 for success, else the NBD error */
    record Reply(long cookie, int error) {}

    private final SocketChannel channel;
    private final ByteBuffer header = ByteBuffer.allocate(64);
    private final long sizeBytes;

    /** Connects and negotiates. */
    NbdClient(Path socket, String export) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        try {
            receive(header.clear().limit(18));
            if (header.getLong() != NBD_MAGIC || header.getLong() != OPTION_MAGIC) {
                throw new IOException("no NBD server at " + socket);
            }
            short serverFlags = header.getShort();
            int clientFlags = serverFlags & (FLAG_FIXED_NEWSTYLE | FLAG_NO_ZEROES);
            byte[] name = export.getBytes(StandardCharsets.UTF_8);
            send(ByteBuffer.allocate(20 + name.length)
                    .putInt(clientFlags)
                    .putLong(OPTION_MAGIC)
                    .putInt(OPT_EXPORT_NAME)
                    .putInt(name.length)
                    .put(name)
                    .flip());
            receive(header.clear().limit(10));
            sizeBytes = header.getLong();
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    long sizeBytes() {
        return sizeBytes;
    }

    /** Sends one request; a WRITE brings {@code lengthBytes} of payload. */
    void request(Type type, long cookie, long offsetBytes, int lengthBytes, byte[] payload) throws IOException {
        int payloadBytes = type == Type.WRITE ? lengthBytes : 0;
        ByteBuffer message = ByteBuffer.allocate(REQUEST_BYTES + payloadBytes)
                .putInt(REQUEST_MAGIC)
                .putShort((short) 0)
                .putShort(type.code)
                .putLong(cookie)
                .putLong(offsetBytes)
                .putInt(lengthBytes)
                .put(payload, 0, payloadBytes)
                .flip();
        send(message);
    }

    /** The next answer. After one to a READ, its data must be taken with {@link #receive}. */
    Reply reply() throws IOException {
        receive(header.clear().limit(REPLY_BYTES));
        if (header.getInt() != REPLY_MAGIC) {
            throw new IOException("out of step");
        }
        int error = header.getInt();
        return new Reply(header.getLong(), error);
    }

    /** Reads a range, with nothing else in flight. */
    byte[] read(long offsetBytes, int lengthBytes) throws IOException {
        request(Type.READ, -1, offsetBytes, lengthBytes, new byte[0]);
        Reply reply = reply();
        if (reply.error() != 0) {
            throw new AssertionError(
                    "reading " + lengthBytes + " bytes at " + offsetBytes + ": error " + reply.error());
        }
        ByteBuffer data = ByteBuffer.allocate(lengthBytes);
        receive(data);
        return data.array();
    }

    /** Fills the buffer and flips it. */
    private void receive(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("the server has closed the connection");
            }
        }
        buffer.flip();
    }

    private void send(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
