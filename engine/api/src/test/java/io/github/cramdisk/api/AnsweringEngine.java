// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import io.github.cramdisk.api.rpc.Json;
import io.github.cramdisk.api.rpc.RpcCodec;
import io.github.cramdisk.api.rpc.RpcConnection;
import io.github.cramdisk.api.rpc.RpcMethods;
import io.github.cramdisk.api.rpc.RpcRequest;
import io.github.cramdisk.api.rpc.RpcResponse;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Timer;
import java.util.TimerTask;

/**
 * A process that can be started, tells its status and stops; connections are served one after the other. It leaves by
 * itself when a failed test forgot it.
 */
final class AnsweringEngine {
    private static final long LIFETIME_MILLIS = 60_000;

    private AnsweringEngine() {}

    public static void main(String[] arguments) throws Exception {
        new Timer(true)
                .schedule(
                        new TimerTask() {
                            @Override
                            public void run() {
                                Runtime.getRuntime().halt(1);
                            }
                        },
                        LIFETIME_MILLIS);
        RuntimeFiles files = RuntimeFiles.ofThisProcess();
        EngineStatus status = new EngineStatus(
                ProcessHandle.current().pid(), "test", 0, 0, files.nbdSocket().toString(), "", "", "", 0);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(files.engineSocket()));
            while (true) {
                RpcConnection connection = new RpcConnection(server.accept());
                for (byte[] line = connection.readLine(); line != null; line = connection.readLine()) {
                    RpcRequest request = (RpcRequest) RpcCodec.decode(line);
                    connection.writeLine(RpcCodec.encode(RpcResponse.ok(Json.tree(request.id()), Json.tree(status))));
                    if (request.method().equals(RpcMethods.ENGINE_STOP)) {
                        return;
                    }
                }
            }
        }
    }
}
