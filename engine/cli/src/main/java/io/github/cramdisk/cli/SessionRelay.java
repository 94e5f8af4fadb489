// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.rpc.RawConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Carries the bytes of one NBD session between a client and the engine, both ways at once, until the engine ends it. The end of the input is passed on as the end of what the engine reads; answers still come after it.
 */
final class SessionRelay {
    /** Enough for a read or write of the size that most clients prefer. */
    private static final int BUFFER_BYTES = 256 << 10;

    private static final long NOT_READY_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final RawConnection session;
    private final ReadableByteChannel input;
    private final WritableByteChannel output;

    SessionRelay(RawConnection session, ReadableByteChannel input, WritableByteChannel output) {
        this.session = session;
        this.input = input;
        this.output = output;
    }

    /** Returns when the engine has closed the session, or nobody takes its answers any more. */
    void run() {
        Thread requests = new Thread(this::requests, "cramdisk-requests");
        // The input may stay open after the session is over, and a read of standard input cannot be ended.
        requests.setDaemon(true);
        requests.start();
        try {
            writeFully(session.readAhead().duplicate(), output);
            copy(session.channel(), output);
        } catch (IOException e) {
            // The client is gone, or the engine is: for both the session is over, and the client sees its end.
        }
    }

    private void requests() {
        try {
            copy(input, session.channel());
            session.channel().shutdownOutput();
        } catch (IOException e) {
            // The other direction meets the same end and ends the session.
        }
    }

    private static void copy(ReadableByteChannel source, WritableByteChannel target) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        while (true) {
            buffer.clear();
            int read = source.read(buffer);
            if (read < 0) {
                return;
            }
            if (read == 0) {
                notReady();
            }
            writeFully(buffer.flip(), target);
        }
    }

    private static void writeFully(ByteBuffer bytes, WritableByteChannel target) throws IOException {
        while (bytes.hasRemaining()) {
            if (target.write(bytes) == 0) {
                notReady();
            }
        }
    }

    /** Only where the other process made the descriptor non-blocking, which Java cannot wait for. */
    private static void notReady() {
        LockSupport.parkNanos(NOT_READY_NANOS);
    }
}
