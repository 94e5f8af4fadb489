// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.rpc.RawConnection;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Serves a disk to every client that connects to a socket: one session each, on a thread of its own. */
final class SocketSessions {
    private final EngineDoor door;
    private final String disk;

    SocketSessions(EngineDoor door, String disk) {
        this.door = door;
        this.disk = disk;
    }

    /** Returns when the socket is closed; usually the process is ended by the one that started it. */
    void run(ServerSocketChannel server) throws IOException {
        try {
            while (true) {
                SocketChannel client = server.accept();
                Thread thread = new Thread(() -> serve(client), "cramdisk-session");
                thread.setDaemon(true);
                thread.start();
            }
        } catch (ClosedChannelException e) {
            // Nobody can connect any more.
        }
    }

    private void serve(SocketChannel client) {
        try (client;
                RawConnection session = door.serve(disk)) {
            new SessionRelay(session, client, client).run();
        } catch (CramdiskException | IOException e) {
            // Standard error leads nowhere here: the client learns from the end of its connection.
        }
    }
}
