// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.rpc.RawConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SessionRelayTest {
    @TempDir
    private Path directory;

    private SocketChannel engine;
    private SocketChannel client;
    private Pipe stdin;
    private Pipe stdout;

    @BeforeEach
    void connect() throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            client = SocketChannel.open(address);
            engine = server.accept();
        }
        stdin = Pipe.open();
        stdout = Pipe.open();
    }

    @AfterEach
    void disconnect() throws IOException {
        engine.close();
        client.close();
        stdin.sink().close();
        stdin.source().close();
        stdout.sink().close();
        stdout.source().close();
    }

    private CompletableFuture<Void> start(String readAhead) {
        RawConnection session = new RawConnection(client, UTF_8.encode(readAhead));
        return CompletableFuture.runAsync(() -> {
            new SessionRelay(session, stdin.source(), stdout.sink()).run();
            closeQuietly();
        });
    }

    private void closeQuietly() {
        try {
            client.close();
            stdout.sink().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] readAll(ReadableByteChannel channel) throws IOException {
        return Channels.newInputStream(channel).readAllBytes();
    }

    @Test
    void whatWasReadAheadComesFirst() throws Exception {
        CompletableFuture<Void> session = start("NBDMAGIC");
        engine.write(UTF_8.encode("IHAVEOPT"));
        engine.close();
        assertThat(new String(readAll(stdout.source()), UTF_8)).isEqualTo("NBDMAGICIHAVEOPT");
        session.get();
    }

    @Test
    void theEndOfTheInputReachesTheEngineAndItsAnswerStillComesBack() throws Exception {
        CompletableFuture<Void> session = start("");
        stdin.sink().write(UTF_8.encode("last request"));
        stdin.sink().close();
        assertThat(new String(readAll(engine), UTF_8)).isEqualTo("last request");
        engine.write(UTF_8.encode("last answer"));
        engine.close();
        assertThat(new String(readAll(stdout.source()), UTF_8)).isEqualTo("last answer");
        session.get();
    }

    @Test
    void endsWithTheEngineThoughTheInputStaysOpen() throws Exception {
        CompletableFuture<Void> session = start("");
        engine.close();
        session.get();
        assertThat(stdin.sink().isOpen()).isTrue();
    }

    @Test
    void endsWhenNobodyTakesTheAnswers() throws Exception {
        CompletableFuture<Void> session = start("");
        stdout.source().close();
        CompletableFuture<Void> answers = CompletableFuture.runAsync(() -> {
            try {
                while (true) {
                    engine.write(ByteBuffer.allocate(64 << 10));
                }
            } catch (IOException expected) {
                // The session has ended.
            }
        });
        session.get();
        answers.get();
    }

    @Test
    void carriesMegabytesBothWaysAtOnceUnchanged() throws Exception {
        long seed = System.nanoTime();
        byte[] data = new byte[8 << 20];
        new Random(seed).nextBytes(data);
        CompletableFuture<Void> session = start("");
        CompletableFuture<Void> echo = CompletableFuture.runAsync(() -> {
            try {
                ByteBuffer buffer = ByteBuffer.allocate(100_000);
                while (engine.read(buffer) >= 0) {
                    buffer.flip();
                    while (buffer.hasRemaining()) {
                        engine.write(buffer);
                    }
                    buffer.clear();
                }
                engine.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        CompletableFuture<Void> feed = CompletableFuture.runAsync(() -> {
            try {
                ByteBuffer bytes = ByteBuffer.wrap(data);
                while (bytes.hasRemaining()) {
                    stdin.sink().write(bytes);
                }
                stdin.sink().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(readAll(stdout.source())).as("seed " + seed).isEqualTo(data);
        feed.get();
        echo.get();
        session.get();
    }
}
