// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;

/** As little of an NBD client as these tests need: OPT_GO and simple replies, one request at a time. */
final class NbdTestClient implements AutoCloseable {
    static final int ENOSPC = 28;

    private static final int GREETING_BYTES = 8 + 8 + 2;
    private static final int FIXED_NEWSTYLE_NO_ZEROES = 3;
    private static final long OPTION_MAGIC = 0x49484156454F5054L;
    private static final int OPT_GO = 7;
    private static final int REPLY_ACK = 1;
    private static final int REPLY_INFO = 3;
    private static final int INFO_EXPORT = 0;
    private static final int FLAG_READ_ONLY = 1 << 1;
    private static final int REQUEST_MAGIC = 0x25609513;
    private static final int REPLY_MAGIC = 0x67446698;
    private static final int READ = 0;
    private static final int WRITE = 1;
    private static final int TRIM = 4;

    private final ByteChannel channel;
    private final ByteBuffer readAhead;
    private int flags;

    /** @throws IOException when the server has no such export */
    NbdTestClient(ByteChannel channel, String export) throws IOException {
        this(channel, ByteBuffer.allocate(0), export);
    }

    /** @param readAhead what was read from the channel already */
    NbdTestClient(ByteChannel channel, ByteBuffer readAhead, String export) throws IOException {
        this.channel = channel;
        this.readAhead = readAhead;
        boolean connected = false;
        try {
            negotiate(export.getBytes(StandardCharsets.UTF_8));
            connected = true;
        } finally {
            if (!connected) {
                channel.close();
            }
        }
    }

    private void negotiate(byte[] name) throws IOException {
        receive(GREETING_BYTES);
        ByteBuffer go = ByteBuffer.allocate(4 + 16 + 4 + name.length + 2);
        go.putInt(FIXED_NEWSTYLE_NO_ZEROES).putLong(OPTION_MAGIC).putInt(OPT_GO);
        go.putInt(4 + name.length + 2).putInt(name.length).put(name).putShort((short) 0);
        send(go.flip());
        while (true) {
            ByteBuffer header = receive(8 + 4 + 4 + 4);
            int type = header.getInt(12);
            ByteBuffer data = receive(header.getInt(16));
            if (type == REPLY_ACK) {
                return;
            }
            if (type != REPLY_INFO) {
                throw new IOException("refused: " + Integer.toHexString(type));
            }
            if (data.getShort(0) == INFO_EXPORT) {
                flags = Short.toUnsignedInt(data.getShort(10));
            }
        }
    }

    boolean readOnly() {
        return (flags & FLAG_READ_ONLY) != 0;
    }

    byte[] read(long offset, int length) throws IOException {
        request(READ, offset, length, new byte[0]);
        int error = reply();
        if (error != 0) {
            throw new IOException("read: error " + error);
        }
        return receive(length).array();
    }

    void write(long offset, byte[] bytes) throws IOException {
        int error = tryWrite(offset, bytes);
        if (error != 0) {
            throw new IOException("write: error " + error);
        }
    }

    /** @return the NBD error, 0 for none */
    int tryWrite(long offset, byte[] bytes) throws IOException {
        request(WRITE, offset, bytes.length, bytes);
        return reply();
    }

    void trim(long offset, int length) throws IOException {
        request(TRIM, offset, length, new byte[0]);
        int error = reply();
        if (error != 0) {
            throw new IOException("trim: error " + error);
        }
    }

    /** Sends reads and takes no answer. */
    void askForReads(long offset, int length, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            request(READ, offset, length, new byte[0]);
        }
    }

    /** Waits for the server; whether it has closed the connection and sent nothing before. */
    boolean isClosedByServer() throws IOException {
        return channel.read(ByteBuffer.allocate(1)) < 0;
    }

    private void request(int type, long offset, int length, byte[] payload) throws IOException {
        ByteBuffer request = ByteBuffer.allocate(28 + payload.length);
        request.putInt(REQUEST_MAGIC).putShort((short) 0).putShort((short) type).putLong(1);
        request.putLong(offset).putInt(length).put(payload);
        send(request.flip());
    }

    private int reply() throws IOException {
        ByteBuffer reply = receive(16);
        if (reply.getInt(0) != REPLY_MAGIC) {
            throw new IOException("out of step");
        }
        return reply.getInt(4);
    }

    private void send(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private ByteBuffer receive(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && readAhead.hasRemaining()) {
            bytes.put(readAhead.get());
        }
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new IOException("the server has closed the connection");
            }
        }
        return bytes.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
