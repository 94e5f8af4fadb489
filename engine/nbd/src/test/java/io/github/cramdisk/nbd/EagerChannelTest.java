// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class EagerChannelTest {
    private static final int MORE_THAN_A_SOCKET_HOLDS = 4 << 20;

    @TempDir
    Path directory;

    private final Workers workers = new Workers(2);
    private final Activity activity = new Activity();
    private SocketChannel client;
    private SocketChannel accepted;
    private EagerChannel server;

    @BeforeEach
    void connect() throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(address);
            client = SocketChannel.open(address);
            accepted = listener.accept();
        }
        workers.register(activity);
        server = new EagerChannel(accepted, workers, activity);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
        workers.close();
    }

    @Test
    void asksWithoutSleepingOnceTheClientWasQuick() {
        // A busy machine may make any single exchange a slow one.
        await().until(() -> {
            client.write(bytes(1));
            assertThat(server.read(bytes(1))).isEqualTo(1);
            return !accepted.isBlocking();
        });
    }

    @Test
    void sleepsWhenTheClientTakesItsTime() throws Exception {
        asksWithoutSleepingOnceTheClientWasQuick();
        CompletableFuture<Integer> reading = CompletableFuture.supplyAsync(() -> {
            try {
                return server.read(bytes(1));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        await().until(accepted::isBlocking);
        client.write(bytes(1));
        assertThat(reading.get()).isEqualTo(1);
    }

    @Test
    void sleepsWhereNoCoreIsIdle() throws IOException {
        Activity first = new Activity();
        first.running();
        workers.register(first);
        client.write(bytes(1));
        server.read(bytes(1));
        client.write(bytes(1));
        server.read(bytes(1));
        assertThat(accepted.isBlocking()).isTrue();
    }

    @Test
    void waitsForAClientThatReadsSlowly() throws Exception {
        asksWithoutSleepingOnceTheClientWasQuick();
        CompletableFuture<Integer> received = CompletableFuture.supplyAsync(() -> {
            try {
                ByteBuffer target = bytes(MORE_THAN_A_SOCKET_HOLDS);
                while (target.hasRemaining() && client.read(target) >= 0) {
                    // until everything is there
                }
                return target.position();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        ByteBuffer source = bytes(MORE_THAN_A_SOCKET_HOLDS);
        int calls = 0;
        while (source.hasRemaining()) {
            server.write(source);
            calls++;
        }
        assertThat(received.get()).isEqualTo(MORE_THAN_A_SOCKET_HOLDS);
        assertThat(calls).as("it does not ask again and again").isLessThan(100);
    }

    private static ByteBuffer bytes(int length) {
        return ByteBuffer.allocateDirect(length);
    }
}
