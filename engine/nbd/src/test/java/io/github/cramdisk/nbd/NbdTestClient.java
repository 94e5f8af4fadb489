// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A client that says exactly what a test tells it to, right or wrong. Numbers are those of the protocol document. */
final class NbdTestClient implements AutoCloseable {
    static final int REQUEST_MAGIC = 0x25609513;
    static final int SIMPLE_MAGIC = 0x67446698;
    static final int CHUNK_MAGIC = 0x668e33ef;
    static final long OPTION_MAGIC = 0x49484156454F5054L;

    static final int READ = 0;
    static final int WRITE = 1;
    static final int DISC = 2;
    static final int FLUSH = 3;
    static final int TRIM = 4;
    static final int CACHE = 5;
    static final int WRITE_ZEROES = 6;
    static final int BLOCK_STATUS = 7;

    static final int EPERM = 1;
    static final int EIO = 5;
    static final int EINVAL = 22;
    static final int ENOSPC = 28;
    static final int ESHUTDOWN = 108;

    static final int ACK = 1;
    static final int ERR_UNSUP = 0x80000001;
    static final int ERR_INVALID = 0x80000003;
    static final int ERR_UNKNOWN = 0x80000006;
    static final int ERR_TOO_BIG = 0x80000009;

    record OptionReply(int option, int type, ByteBuffer data) {
        /** The text from this index to the end. */
        String text(int index) {
            return StandardCharsets.UTF_8
                    .decode(data.slice(index, data.capacity() - index))
                    .toString();
        }
    }

    record SimpleReply(int error, long cookie) {}

    record Chunk(int flags, int type, long cookie, ByteBuffer payload) {
        boolean isDone() {
            return (flags & 1) != 0;
        }

        int error() {
            return payload.getInt(0);
        }
    }

    private final SocketChannel channel;
    private long nextCookie = 0x1122334455667700L;

    NbdTestClient(SocketChannel channel) {
        this.channel = channel;
    }

    static NbdTestClient connect(Path socket) throws IOException {
        return new NbdTestClient(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    }

    /** Connected and in the transmission phase, with simple replies. */
    static NbdTestClient simple(Path socket, String export) throws IOException {
        NbdTestClient client = connect(socket).greeted();
        client.go(export);
        return client;
    }

    /** Connected and in the transmission phase, with structured replies and base:allocation. */
    static NbdTestClient structured(Path socket, String export) throws IOException {
        NbdTestClient client = connect(socket).greeted();
        client.option(8);
        expect(client.reply().type(), ACK);
        client.option(10, contexts(export, "base:allocation"));
        expect(client.reply().type(), 4);
        expect(client.reply().type(), ACK);
        client.go(export);
        return client;
    }

    NbdTestClient greeted() throws IOException {
        ByteBuffer greeting = read(18);
        if (greeting.getLong(0) != 0x4e42444d41474943L || greeting.getLong(8) != OPTION_MAGIC) {
            throw new IOException("bad greeting");
        }
        expect(greeting.getShort(16), 3);
        return flags(3);
    }

    NbdTestClient flags(int flags) throws IOException {
        send(ByteBuffer.allocate(4).putInt(flags).array());
        return this;
    }

    void option(int option, byte... data) throws IOException {
        optionHeader(OPTION_MAGIC, option, data.length);
        send(data);
    }

    void optionHeader(long magic, int option, int length) throws IOException {
        send(ByteBuffer.allocate(16)
                .putLong(magic)
                .putInt(option)
                .putInt(length)
                .array());
    }

    OptionReply reply() throws IOException {
        ByteBuffer header = read(20);
        if (header.getLong(0) != 0x3e889045565a9L) {
            throw new IOException("bad option reply magic");
        }
        return new OptionReply(header.getInt(8), header.getInt(12), read(header.getInt(16)));
    }

    /** GO with all information; returns the size of the export. */
    long go(String export) throws IOException {
        option(7, info(export, 0, 1, 2, 3));
        long size = -1;
        for (OptionReply reply = reply(); reply.type() != ACK; reply = reply()) {
            expect(reply.type(), 3);
            ByteBuffer data = reply.data();
            if (data.getShort(0) == 0) {
                size = data.getLong(2);
            }
        }
        return size;
    }

    static byte[] info(String export, int... types) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        string(out, export);
        out.writeShort(types.length);
        for (int type : types) {
            out.writeShort(type);
        }
        return bytes.toByteArray();
    }

    static byte[] contexts(String export, String... queries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        string(out, export);
        out.writeInt(queries.length);
        for (String query : queries) {
            string(out, query);
        }
        return bytes.toByteArray();
    }

    private static void string(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    static byte[] header(int magic, int flags, int type, long cookie, long offset, int length) {
        return ByteBuffer.allocate(28)
                .putInt(magic)
                .putShort((short) flags)
                .putShort((short) type)
                .putLong(cookie)
                .putLong(offset)
                .putInt(length)
                .array();
    }

    /** Sends a request without payload; returns its cookie. */
    long request(int type, int flags, long offset, long length) throws IOException {
        long cookie = nextCookie++;
        send(header(REQUEST_MAGIC, flags, type, cookie, offset, (int) length));
        return cookie;
    }

    SimpleReply simpleReply() throws IOException {
        ByteBuffer header = read(16);
        if (header.getInt(0) != SIMPLE_MAGIC) {
            throw new IOException("bad simple reply magic " + Integer.toHexString(header.getInt(0)));
        }
        return new SimpleReply(header.getInt(4), header.getLong(8));
    }

    Chunk chunk() throws IOException {
        ByteBuffer header = read(20);
        if (header.getInt(0) != CHUNK_MAGIC) {
            throw new IOException("bad chunk magic " + Integer.toHexString(header.getInt(0)));
        }
        return new Chunk(header.getShort(4), header.getShort(6), header.getLong(8), read(header.getInt(16)));
    }

    /** Sends a request and returns the error of its simple reply, 0 for success; checks the cookie. */
    int simpleError(int type, int flags, long offset, long length, byte... payload) throws IOException {
        long cookie = request(type, flags, offset, length);
        send(payload);
        SimpleReply reply = simpleReply();
        expect(reply.cookie(), cookie);
        return reply.error();
    }

    /** Sends a request and returns the error of its error chunk; checks the cookie. */
    int chunkError(int type, int flags, long offset, long length, byte... payload) throws IOException {
        long cookie = request(type, flags, offset, length);
        send(payload);
        Chunk chunk = chunk();
        expect(chunk.cookie(), cookie);
        expect(chunk.isDone() ? 1 : 0, 1);
        if ((chunk.type() & 0x8000) == 0) {
            throw new IOException("not an error chunk: " + chunk.type());
        }
        return chunk.error();
    }

    void write(long offset, byte[] data) throws IOException {
        expect(simpleError(WRITE, 0, offset, data.length, data), 0);
    }

    /** READ with simple replies. */
    byte[] readSimple(long offset, int length) throws IOException {
        expect(simpleError(READ, 0, offset, length), 0);
        return read(length).array();
    }

    /** READ with structured replies, put together from its chunks. */
    byte[] readStructured(long offset, int length, int flags) throws IOException {
        long cookie = request(READ, flags, offset, length);
        byte[] result = new byte[length];
        int covered = 0;
        while (true) {
            Chunk chunk = chunk();
            expect(chunk.cookie(), cookie);
            switch (chunk.type()) {
                case 0 -> {}
                case 1 -> {
                    int at = (int) (chunk.payload().getLong(0) - offset);
                    int count = chunk.payload().capacity() - 8;
                    chunk.payload().get(8, result, at, count);
                    covered += count;
                }
                case 2 -> covered += chunk.payload().getInt(8);
                default -> throw new IOException("unexpected chunk " + chunk.type());
            }
            if (chunk.isDone()) {
                expect(covered, length);
                return result;
            }
        }
    }

    void send(byte[] bytes) throws IOException {
        send(bytes, 0, bytes.length);
    }

    void send(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    ByteBuffer read(int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("server closed the connection");
            }
        }
        return buffer.flip();
    }

    /** Waits for the next byte and says whether the server has closed instead of sending one. */
    boolean isClosedByServer() {
        try {
            return channel.read(ByteBuffer.allocate(1)) < 0;
        } catch (IOException e) {
            return true; // reset, because the server had not read everything
        }
    }

    void finishSending() throws IOException {
        channel.shutdownOutput();
    }

    SocketChannel channel() {
        return channel;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static void expect(long actual, long expected) throws IOException {
        if (actual != expected) {
            throw new IOException("got " + actual + " instead of " + expected);
        }
    }
}
