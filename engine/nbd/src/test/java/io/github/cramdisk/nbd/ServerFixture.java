// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server on a socket in a private directory, with one writable and one read-only export; checked for leaks. */
final class ServerFixture implements BeforeEachCallback, AfterEachCallback {
    static final int SIZE_BYTES = 8 << 20;

    final MemoryDevice device = new MemoryDevice(SIZE_BYTES);
    final Export export = new Export("disk", "a test disk", false, device);
    final Export readOnly = new Export("fixed", "", true, new MemoryDevice(SIZE_BYTES));
    final Exports exports = new Exports();

    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private NbdServer server;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        directory = Files.createTempDirectory("nbd");
        exports.add(export);
        exports.add(readOnly);
        server = NbdServer.listen(socket(), exports);
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        server.close();
        assertThat(server.connections()).as("connections after close").isZero();
        assertThat(server.lentBuffers()).as("buffers lent after close").isZero();
        assertThat(export.clients()).isZero();
        Files.deleteIfExists(socket());
        Files.delete(directory);
    }

    /** A new server on the same socket, after a test has closed the first. */
    void restart() throws IOException {
        server = NbdServer.listen(socket(), exports);
    }

    NbdServer server() {
        return server;
    }

    Path socket() {
        return directory.resolve("s");
    }

    NbdTestClient simple() throws IOException {
        return NbdTestClient.simple(socket(), "disk");
    }

    NbdTestClient structured() throws IOException {
        return NbdTestClient.structured(socket(), "disk");
    }

    NbdTestClient greeted() throws IOException {
        return NbdTestClient.connect(socket()).greeted();
    }

    /** Another client can do its work. */
    void assertServesOthers() throws IOException {
        byte[] data = new byte[5000];
        Arrays.fill(data, (byte) 0x5a);
        try (NbdTestClient other = simple()) {
            other.write(SIZE_BYTES - data.length, data);
            assertThat(other.readSimple(SIZE_BYTES - data.length, data.length)).isEqualTo(data);
        }
    }

    void awaitNoConnections() {
        await().until(() -> server.connections() == 0);
    }
}
