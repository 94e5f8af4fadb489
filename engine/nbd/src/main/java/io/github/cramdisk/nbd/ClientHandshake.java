// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/**
 * The client's part of the handshake phase, for a connection that is then handed on: to the kernel, which speaks the
 * transmission phase only. Simple replies, no meta contexts.
 */
public final class ClientHandshake {
    /** The longest reply to an option that is read; what this server says is far shorter. */
    private static final int LONGEST_REPLY_BYTES = 64 << 10;

    private static final int GREETING_FLAGS_AT = 16;
    private static final int REPLY_OPTION_AT = 8;
    private static final int REPLY_TYPE_AT = 12;
    private static final int REPLY_LENGTH_AT = 16;
    private static final int EXPORT_SIZE_AT = 2;
    private static final int EXPORT_FLAGS_AT = 10;

    /**
     * What the server told.
     *
     * @param flags transmission flags
     */
    public record Export(long sizeBytes, int flags) {}

    private ClientHandshake() {}

    /**
     * Chooses an export by OPT_GO. Nothing is read beyond the handshake.
     *
     * @throws IOException when the connection ends, or the server refuses or does not speak fixed newstyle
     */
    public static Export choose(ByteChannel server, String export) throws IOException {
        ByteBuffer greeting = read(server, HandshakeWire.GREETING_BYTES);
        if (greeting.getLong(0) != HandshakeWire.GREETING_MAGIC
                || greeting.getLong(Long.BYTES) != HandshakeWire.OPTION_MAGIC
                || (greeting.getShort(GREETING_FLAGS_AT) & HandshakeWire.FLAG_FIXED_NEWSTYLE) == 0) {
            throw new ProtocolException("the server does not speak fixed newstyle");
        }
        byte[] name = HandshakeWire.utf8(export);
        int length = HandshakeWire.INFO_MINIMUM_BYTES + name.length + HandshakeWire.INFO_TYPE_BYTES;
        ByteBuffer request =
                ByteBuffer.allocate(HandshakeWire.CLIENT_FLAGS_BYTES + HandshakeWire.OPTION_HEADER_BYTES + length);
        request.putInt(HandshakeWire.FLAG_FIXED_NEWSTYLE | HandshakeWire.FLAG_NO_ZEROES)
                .putLong(HandshakeWire.OPTION_MAGIC)
                .putInt(HandshakeWire.OPT_GO)
                .putInt(length)
                .putInt(name.length)
                .put(name)
                .putShort((short) 1)
                .putShort((short) HandshakeWire.INFO_BLOCK_SIZE)
                .flip();
        while (request.hasRemaining()) {
            server.write(request);
        }
        return reply(server);
    }

    private static Export reply(ByteChannel server) throws IOException {
        Export chosen = null;
        while (true) {
            ByteBuffer header = read(server, HandshakeWire.REPLY_HEADER_BYTES);
            int type = header.getInt(REPLY_TYPE_AT);
            int length = header.getInt(REPLY_LENGTH_AT);
            if (header.getLong(0) != HandshakeWire.OPTION_REPLY_MAGIC
                    || header.getInt(REPLY_OPTION_AT) != HandshakeWire.OPT_GO
                    || length < 0
                    || length > LONGEST_REPLY_BYTES) {
                throw new ProtocolException("the server's reply to OPT_GO cannot be understood");
            }
            ByteBuffer data = read(server, length);
            if (type == HandshakeWire.REP_ACK && chosen != null) {
                return chosen;
            }
            if (type < 0 || type == HandshakeWire.REP_ACK) {
                throw new ProtocolException("the server refused the export with reply " + (type & Integer.MAX_VALUE));
            }
            if (type == HandshakeWire.REP_INFO
                    && length == HandshakeWire.INFO_EXPORT_BYTES
                    && data.getShort(0) == HandshakeWire.INFO_EXPORT) {
                chosen = new Export(data.getLong(EXPORT_SIZE_AT), Short.toUnsignedInt(data.getShort(EXPORT_FLAGS_AT)));
            }
        }
    }

    private static ByteBuffer read(ByteChannel server, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining()) {
            if (server.read(buffer) < 0) {
                throw new EOFException("the server closed the connection during the handshake");
            }
        }
        return buffer.flip();
    }
}
