// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.syscall;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/** The bytes of a socket whose descriptor stays somebody else's: closing this closes nothing. For one thread. */
public final class SocketStream implements ByteChannel {
    private static final int PIECE = 4096;

    private final Descriptor socket;
    private boolean open = true;

    public SocketStream(Descriptor socket) {
        this.socket = socket;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        byte[] piece = new byte[Math.min(PIECE, target.remaining())];
        int got = SocketCalls.receive(socket, piece);
        if (got == 0) {
            return -1;
        }
        target.put(piece, 0, got);
        return got;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        byte[] piece = new byte[source.remaining()];
        source.get(piece);
        SocketCalls.send(socket, piece);
        return piece.length;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }
}
