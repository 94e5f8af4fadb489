// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class NbdServerTest {
    private final Exports exports = new Exports();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void theSocketBelongsToItsOwnerAloneAndGoesAway() throws IOException {
        try (NbdServer server = NbdServer.listen(socket(), exports)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
                    .isEqualTo("rw-------");
            assertThat(server.connections()).isZero();
        }
        assertThat(socket()).doesNotExist();
    }

    @Test
    void replacesAStaleSocket() throws IOException {
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(socket()));
        }
        assertThat(socket()).exists();
        add("a");
        try (NbdServer server = NbdServer.listen(socket(), exports);
                NbdTestClient client = NbdTestClient.simple(socket(), "a")) {
            assertThat(client.readSimple(0, 1)).hasSize(1);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void refusesTheSocketOfALiveServer() throws IOException {
        add("a");
        try (NbdServer server = NbdServer.listen(socket(), exports)) {
            assertThatIOException()
                    .isThrownBy(() -> NbdServer.listen(socket(), exports).close())
                    .withMessageContaining("another server listens");
            try (NbdTestClient client = NbdTestClient.simple(socket(), "a")) {
                assertThat(client.readSimple(0, 1)).hasSize(1);
                assertThat(server.connections()).isPositive();
            }
        }
    }

    @Test
    void refusesAPathThatIsNoSocket() throws IOException {
        Files.writeString(socket(), "precious");
        assertThatIOException()
                .isThrownBy(() -> NbdServer.listen(socket(), exports).close())
                .withMessageContaining("not a socket");
        assertThat(socket()).hasContent("precious");
    }

    @Test
    void refusesAPathTooLongForASocket() {
        assertThatIOException()
                .isThrownBy(() -> NbdServer.listen(directory.resolve("x".repeat(108)), exports)
                        .close())
                .withMessageContaining("107 bytes");
    }

    @Test
    void leavesASocketThatIsNotItsOwn() throws IOException {
        try (NbdServer server = NbdServer.listen(socket(), exports)) {
            assertThat(server.connections()).isZero();
            Files.delete(socket());
            Files.writeString(socket(), "of somebody else");
        }
        assertThat(socket()).exists();
    }

    @Test
    void closingEndsIdleClientsAtOnce() throws IOException {
        add("a");
        NbdServer server = NbdServer.listen(socket(), exports);
        try (NbdTestClient client = NbdTestClient.simple(socket(), "a");
                NbdTestClient handshaking = NbdTestClient.connect(socket()).greeted()) {
            assertThat(client.readSimple(0, 1)).hasSize(1);
            long start = System.nanoTime();
            server.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(900));
            assertThat(client.isClosedByServer()).isTrue();
            assertThat(handshaking.isClosedByServer()).isTrue();
        }
        server.close();
    }

    @Test
    void servesOneExportOnAConnectedChannel() throws Exception {
        Export export = add("a");
        add("b");
        try (NbdServer server = NbdServer.withoutSocket();
                ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(socket()));
            Thread thread;
            try (NbdTestClient client = NbdTestClient.connect(socket())) {
                SocketChannel accepted = listener.accept();
                thread = new Thread(() -> server.serve(accepted, ExportDirectory.only(export)));
                thread.start();
                client.greeted();
                assertThat(client.go("")).isEqualTo(export.device().sizeBytes());
                assertThat(client.readSimple(0, 1)).hasSize(1);
                assertThat(export.clients()).isEqualTo(1);
            }
            thread.join();
            assertThat(export.clients()).isZero();
            assertThat(server.lentBuffers()).isZero();
        }
    }

    @Test
    void aClosedServerServesNobody() throws IOException {
        NbdServer server = NbdServer.withoutSocket();
        server.close();
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(socket()));
            try (NbdTestClient client = NbdTestClient.connect(socket())) {
                assertThat(server.serve(listener.accept(), exports)).isFalse();
                assertThat(client.isClosedByServer()).isTrue();
            }
        }
    }

    @Test
    void anIdleExportCanBeRemovedABusyOneOnlyByForce() throws Exception {
        Export export = add("a");
        try (NbdServer server = NbdServer.listen(socket(), exports)) {
            try (NbdTestClient client = NbdTestClient.simple(socket(), "a")) {
                assertThat(client.readSimple(0, 1)).hasSize(1);
                assertThat(exports.removeIfIdle("a")).isFalse();
                assertThat(exports.find("a")).isSameAs(export);

                assertThat(exports.remove("a")).isSameAs(export);
                export.disconnectClients(Duration.ofSeconds(1));
                assertThat(client.isClosedByServer()).isTrue();
            }
            add("b");
            assertThat(exports.removeIfIdle("b")).isTrue();
            assertThat(exports.removeIfIdle("b")).isTrue();
            assertThat(exports.list()).isEmpty();
            await().until(() -> server.connections() == 0);
        }
    }

    @Test
    void disconnectingCutsOffAClientThatDoesNotRead() throws Exception {
        Export export = add("a");
        try (NbdServer server = NbdServer.listen(socket(), exports);
                NbdTestClient client = NbdTestClient.simple(socket(), "a")) {
            for (int i = 0; i < 10; i++) {
                client.request(NbdTestClient.READ, 0, 0, 1 << 20);
            }
            await().until(() -> export.clients() == 1);
            export.disconnectClients(Duration.ofMillis(50));
            assertThat(export.clients()).isZero();
            assertThat(server.lentBuffers()).isZero();
        }
    }

    @Test
    void namesAreCheckedAndUnique() {
        Export export = add("a");
        assertThatThrownBy(() -> add("a")).isInstanceOf(IllegalArgumentException.class);
        exports.remove("a");
        assertThatThrownBy(() -> exports.add(export)).isInstanceOf(IllegalArgumentException.class);
        for (String bad : new String[] {"", "n\0l", "x".repeat(4097)}) {
            assertThatThrownBy(() -> add(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private Path socket() {
        return directory.resolve("s");
    }

    private Export add(String name) {
        Export export = new Export(name, "", false, new MemoryDevice(1 << 20));
        exports.add(export);
        return export;
    }
}
