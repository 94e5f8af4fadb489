// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.rpc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A connection that was lines and is plain bytes from now on.
 *
 * @param channel in blocking mode
 * @param readAhead bytes that come before everything still to be read from {@code channel}; often none
 */
public record RawConnection(SocketChannel channel, ByteBuffer readAhead) implements AutoCloseable {
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
