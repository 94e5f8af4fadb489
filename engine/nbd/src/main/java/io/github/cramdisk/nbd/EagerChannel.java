// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;

/**
 * A socket whose reader asks again and again for a moment before it sleeps: a client with one request at a time sends the
 * next one a few microseconds after the answer, and being woken takes longer than that. It asks only while a processor has
 * nothing else to do and the client was as quick the last time, so a client that takes its time costs one vain attempt.
 *
 * <p>The socket is non-blocking while it is asked and may stay so until the next sleep; a writer that finds it full makes it
 * blocking again. Any number of threads may write, one may read.
 */
final class EagerChannel implements ByteChannel {
    /** About three times what a local client takes from an answer to its next request. */
    private static final long QUICK_NANOS = 50_000;

    private final SocketChannel socket;
    private final Workers workers;
    private final Activity activity;
    private boolean quick;

    /**
     * @param workers know whether a core is idle
     * @param activity of the reader, which counts as waiting while it is in {@link #read}, but when it asks
     */
    EagerChannel(SocketChannel socket, Workers workers, Activity activity) {
        this.socket = socket;
        this.workers = workers;
        this.activity = activity;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        long began = System.nanoTime();
        int count = quick && workers.hasIdleCore() ? ask(target, began) : 0;
        if (count == 0) {
            socket.configureBlocking(true);
            count = socket.read(target);
        }
        quick = System.nanoTime() - began < QUICK_NANOS;
        return count;
    }

    private int ask(ByteBuffer target, long began) throws IOException {
        socket.configureBlocking(false);
        activity.running();
        try {
            int count;
            do {
                count = socket.read(target);
            } while (count == 0 && System.nanoTime() - began < QUICK_NANOS);
            return count;
        } finally {
            activity.waiting();
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int count = socket.write(source);
        if (count == 0 && source.hasRemaining()) {
            socket.configureBlocking(true);
        }
        return count;
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
