// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.rpc;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Two connected Unix sockets. */
record SocketPair(SocketChannel left, SocketChannel right) implements AutoCloseable {
    static SocketPair open() throws IOException {
        Path directory = Files.createTempDirectory("cramdisk-test");
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("pair"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            return new SocketPair(SocketChannel.open(address), server.accept());
        } finally {
            Files.deleteIfExists(address.getPath());
            Files.delete(directory);
        }
    }

    @Override
    public void close() throws IOException {
        left.close();
        right.close();
    }
}
