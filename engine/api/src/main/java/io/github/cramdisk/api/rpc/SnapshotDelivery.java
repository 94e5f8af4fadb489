// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.rpc;

import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.api.Subscription;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands the snapshots of one subscription to its consumer, on a thread of its own. A consumer that is too slow misses
 * the oldest ones: at most {@link #MAX_WAITING} wait.
 */
final class SnapshotDelivery implements Subscription {
    static final int MAX_WAITING = 16;

    private final Consumer<Snapshot> onSnapshot;
    private final Runnable onGone;
    private final Runnable onClose;
    private final Deque<Snapshot> waiting = new ArrayDeque<>();
    private boolean gone;
    private boolean closed;

    /** @param onClose called once, on the closing thread, when the subscriber ends the delivery */
    SnapshotDelivery(Consumer<Snapshot> onSnapshot, Runnable onGone, Runnable onClose) {
        this.onSnapshot = onSnapshot;
        this.onGone = onGone;
        this.onClose = onClose;
    }

    void start() {
        Thread thread = new Thread(this::deliver, "cramdisk-snapshots");
        thread.setDaemon(true);
        thread.start();
    }

    synchronized void offer(Snapshot snapshot) {
        if (waiting.size() == MAX_WAITING) {
            waiting.removeFirst();
        }
        waiting.addLast(snapshot);
        notifyAll();
    }

    /** The engine went away: deliver what waits, then say so. */
    synchronized void engineGone() {
        gone = true;
        notifyAll();
    }

    /** Ends the delivery without a word to anybody. */
    synchronized void abandon() {
        closed = true;
        waiting.clear();
        notifyAll();
    }

    private void deliver() {
        try {
            for (Snapshot next = take(); next != null; next = take()) {
                onSnapshot.accept(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        onGone.run();
    }

    private synchronized @Nullable Snapshot take() throws InterruptedException {
        while (waiting.isEmpty() && !gone && !closed) {
            wait();
        }
        return closed ? null : waiting.pollFirst();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            waiting.clear();
            notifyAll();
        }
        onClose.run();
    }
}
