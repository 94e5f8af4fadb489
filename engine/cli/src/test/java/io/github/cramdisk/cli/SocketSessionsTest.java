// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.rpc.RawConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SocketSessionsTest {
    @TempDir
    private Path directory;

    private ServerSocketChannel listen(String name) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(directory.resolve(name)));
        return server;
    }

    private SocketChannel connect(String name) throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(directory.resolve(name)));
    }

    /** A door behind which every session is a connection to the socket "engine". */
    private EngineDoor door() {
        return new EngineDoor() {
            @Override
            public RawConnection serve(String diskName) {
                if (!diskName.equals("t")) {
                    throw new CramdiskException(ErrorKind.NO_SUCH_DISK, diskName);
                }
                try {
                    return new RawConnection(connect("engine"), UTF_8.encode("hello "));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public Engine open() {
                throw new AssertionError();
            }

            @Override
            public Optional<Engine> openIfRunning() {
                throw new AssertionError();
            }

            @Override
            public int runInForeground() {
                throw new AssertionError();
            }

            @Override
            public void awaitEnd(long pid) {
                throw new AssertionError();
            }
        };
    }

    private CompletableFuture<Void> run(String disk, ServerSocketChannel server) {
        return CompletableFuture.runAsync(() -> {
            try {
                new SocketSessions(door(), disk).run(server);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void everyClientHasASessionOfItsOwn() throws Exception {
        CompletableFuture<Void> running;
        try (ServerSocketChannel engine = listen("engine");
                ServerSocketChannel server = listen("server")) {
            running = run("t", server);
            try (SocketChannel first = connect("server");
                    SocketChannel firstSession = engine.accept();
                    SocketChannel second = connect("server");
                    SocketChannel secondSession = engine.accept()) {
                secondSession.write(UTF_8.encode("second"));
                secondSession.shutdownOutput();
                firstSession.write(UTF_8.encode("first"));
                firstSession.shutdownOutput();
                assertThat(new String(Channels.newInputStream(first).readAllBytes(), UTF_8))
                        .isEqualTo("hello first");
                assertThat(new String(Channels.newInputStream(second).readAllBytes(), UTF_8))
                        .isEqualTo("hello second");
            }
        }
        running.get();
    }

    @Test
    void aSessionThatCannotBeHadEndsItsClientAndNoOther() throws Exception {
        CompletableFuture<Void> running;
        try (ServerSocketChannel server = listen("server")) {
            running = run("gone", server);
            for (int i = 0; i < 2; i++) {
                try (SocketChannel client = connect("server")) {
                    assertThat(Channels.newInputStream(client).readAllBytes()).isEmpty();
                }
            }
        }
        running.get();
    }

    @Test
    void onlyASocketForThisVeryProcessCounts() {
        assertThat(ActivatedSocket.isPresent(Map.of(), 5)).isFalse();
        assertThat(ActivatedSocket.isPresent(Map.of("LISTEN_PID", "5", "LISTEN_FDS", "1"), 5))
                .isTrue();
        assertThat(ActivatedSocket.isPresent(Map.of("LISTEN_PID", "6", "LISTEN_FDS", "1"), 5))
                .isFalse();
        assertThat(ActivatedSocket.isPresent(Map.of("LISTEN_PID", "5", "LISTEN_FDS", "0"), 5))
                .isFalse();
        assertThat(ActivatedSocket.isPresent(Map.of("LISTEN_PID", "5"), 5)).isFalse();
    }
}
