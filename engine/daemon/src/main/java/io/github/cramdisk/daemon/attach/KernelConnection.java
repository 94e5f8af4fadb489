// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.attach;

import io.github.cramdisk.host.syscall.Descriptor;
import io.github.cramdisk.host.syscall.SocketCalls;
import io.github.cramdisk.host.syscall.SocketStream;
import io.github.cramdisk.nbd.ClientHandshake;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A connection of the engine to itself, negotiated, for the kernel to go on with. Closing it here closes this process's
 * copy only: a kernel that took it goes on.
 */
record KernelConnection(Descriptor socket, ClientHandshake.Export export) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    static KernelConnection open(Path nbdSocket, String disk) throws IOException {
        Descriptor socket = SocketCalls.connectUnix(nbdSocket);
        boolean good = false;
        try {
            SocketCalls.limitWaiting(socket, PATIENCE);
            ClientHandshake.Export export = ClientHandshake.choose(new SocketStream(socket), disk);
            // The kernel would end the connection when nothing comes for that long.
            SocketCalls.limitWaiting(socket, Duration.ZERO);
            good = true;
            return new KernelConnection(socket, export);
        } finally {
            if (!good) {
                socket.close();
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
