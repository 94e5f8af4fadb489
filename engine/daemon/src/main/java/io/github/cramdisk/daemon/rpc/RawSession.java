// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.rpc;

import java.nio.channels.SocketChannel;

/** Something else than JSON-RPC that takes a connection over. */
@FunctionalInterface
public interface RawSession {
    /**
     * Serves the connection on the calling thread until it ends, and closes it.
     *
     * @param channel in blocking mode, nothing of the session read yet
     */
    void run(SocketChannel channel);
}
