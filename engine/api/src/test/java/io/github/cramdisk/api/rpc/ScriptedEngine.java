// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.rpc;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The other end of the wire: does with each request what the test says, on one thread a connection. */
final class ScriptedEngine implements AutoCloseable {
    /** What happens with a request. */
    interface Script {
        void on(RpcRequest request, RpcConnection connection, SocketChannel channel) throws IOException;
    }

    private final Path directory;
    private final ServerSocketChannel server;
    private final List<SocketChannel> channels = new CopyOnWriteArrayList<>();

    ScriptedEngine(Script script) throws IOException {
        directory = Files.createTempDirectory("cramdisk-test");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket()));
        daemon(() -> accept(script));
    }

    Path socket() {
        return directory.resolve("engine.sock");
    }

    static void answer(RpcConnection connection, RpcRequest request, Object result) throws IOException {
        connection.writeLine(RpcCodec.encode(RpcResponse.ok(Json.tree(request.id()), Json.tree(result))));
    }

    static void notify(RpcConnection connection, String method, Object params) throws IOException {
        connection.writeLine(RpcCodec.encode(RpcRequest.notification(method, Json.tree(params))));
    }

    private void accept(Script script) {
        try {
            while (true) {
                SocketChannel channel = server.accept();
                channels.add(channel);
                daemon(() -> converse(channel, script));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private static void converse(SocketChannel channel, Script script) {
        try (RpcConnection connection = new RpcConnection(channel)) {
            for (byte[] line = connection.readLine(); line != null; line = connection.readLine()) {
                script.on((RpcRequest) RpcCodec.decode(line), connection, channel);
            }
        } catch (IOException e) {
            // The client or the test hung up.
        } catch (RpcFault e) {
            throw new AssertionError(e);
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "scripted-engine");
        thread.setDaemon(true);
        thread.start();
    }

    /** As if killed: all connections end at once. */
    void die() throws IOException {
        server.close();
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }

    @Override
    public void close() throws IOException {
        die();
        Files.deleteIfExists(socket());
        Files.delete(directory);
    }
}
