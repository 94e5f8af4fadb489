// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.bench;

import io.github.cramdisk.nbd.BlockDevice;
import io.github.cramdisk.nbd.ClientHandshake;
import io.github.cramdisk.nbd.Export;
import io.github.cramdisk.nbd.Exports;
import io.github.cramdisk.nbd.NbdServer;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Requests of 4 KiB through a Unix socket to a device that does nothing: what the server itself costs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx64m", "-XX:MaxDirectMemorySize=128m"})
public class RequestBenchmark {
    private static final String NAME = "bench";
    private static final int LENGTH = 4096;
    private static final int REQUEST_MAGIC = 0x25609513;
    private static final int HEADER_BYTES = 28;
    private static final int REPLY_BYTES = 16;
    private static final int COMMAND_READ = 0;
    private static final long SIZE_BYTES = 1L << 30;

    /** Requests in flight. */
    @Param({"1", "16"})
    int depth;

    private Path directory;
    private NbdServer server;
    private SocketChannel client;
    private ByteBuffer requests;
    private ByteBuffer replies;

    /** Starts the server and connects. */
    @Setup(Level.Trial)
    public void connect() throws IOException {
        directory = Files.createTempDirectory("cramdisk-bench");
        Exports exports = new Exports();
        exports.add(new Export(NAME, "", false, new Nothing()));
        Path socket = directory.resolve("s");
        server = NbdServer.listen(socket, exports);
        client = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        ClientHandshake.choose(client, NAME);
        requests = ByteBuffer.allocateDirect(depth * HEADER_BYTES);
        for (int i = 0; i < depth; i++) {
            requests.putInt(REQUEST_MAGIC).putShort((short) 0).putShort((short) COMMAND_READ);
            requests.putLong(i).putLong((long) i * LENGTH).putInt(LENGTH);
        }
        replies = ByteBuffer.allocateDirect(depth * (REPLY_BYTES + LENGTH));
    }

    /** Ends the server. */
    @TearDown(Level.Trial)
    public void end() throws IOException {
        client.close();
        server.close();
        Files.delete(directory);
    }

    /** So many reads as are in flight, from the first byte sent to the last received. */
    @Benchmark
    public void reads() throws IOException {
        requests.rewind();
        while (requests.hasRemaining()) {
            client.write(requests);
        }
        replies.clear();
        while (replies.hasRemaining()) {
            client.read(replies);
        }
    }

    /** Answers at once. */
    private static final class Nothing implements BlockDevice {
        @Override
        public long sizeBytes() {
            return SIZE_BYTES;
        }

        @Override
        public int preferredBlockBytes() {
            return LENGTH;
        }

        @Override
        public void read(long offsetBytes, int lengthBytes, ByteBuffer target, int targetIndex) {}

        @Override
        public void write(long offsetBytes, int lengthBytes, ByteBuffer source, int sourceIndex) {}

        @Override
        public void trim(long offsetBytes, long lengthBytes) {}

        @Override
        public void zero(long offsetBytes, long lengthBytes, boolean mayTrim) {}

        @Override
        public void flush() {}

        @Override
        public void extents(long offsetBytes, long lengthBytes, ExtentVisitor visitor) {
            visitor.extent(lengthBytes, false, false);
        }
    }
}
