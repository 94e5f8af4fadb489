// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.util.RawValue;
import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.api.rpc.Json;
import io.github.cramdisk.api.rpc.RpcCodec;
import io.github.cramdisk.api.rpc.RpcConnection;
import io.github.cramdisk.api.rpc.RpcMethods;
import io.github.cramdisk.api.rpc.RpcRequest;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Delivers snapshots to subscribers.
 *
 * <p>One thread keeps the time, takes one snapshot per tick for all who are due, and turns it into JSON once; ticks of
 * all rates lie on one grid, so that 5 and 10 Hz meet. It never writes to a socket: each subscriber has a thread of its
 * own and one place for the newest snapshot. Who reads slowly misses ticks; who takes {@link #PATIENCE} over one
 * delivery is disconnected. Without subscribers nothing runs.
 */
final class SnapshotPublisher implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final System.Logger LOG = System.getLogger(SnapshotPublisher.class.getName());

    private final Supplier<Snapshot> source;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Subscriber> active = new HashSet<>();
    private boolean closed;
    private boolean lastTickFailed;

    /** @param source takes a snapshot; called by the publisher's thread */
    SnapshotPublisher(Supplier<Snapshot> source) {
        this(source, PATIENCE);
    }

    SnapshotPublisher(Supplier<Snapshot> source, Duration patience) {
        this.source = source;
        this.patience = patience;
    }

    void start() {
        Thread thread = new Thread(this::keepTime, "stats");
        thread.setDaemon(true);
        thread.start();
    }

    Subscriber subscriber(long id, int hertz, RpcConnection connection) {
        return new Subscriber(id, TimeUnit.SECONDS.toNanos(1) / hertz, connection);
    }

    /** Ends all deliveries. */
    @Override
    public void close() {
        List<Subscriber> all;
        lock.lock();
        try {
            closed = true;
            all = List.copyOf(active);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        all.forEach(Subscriber::stop);
    }

    private void keepTime() {
        try {
            while (true) {
                List<Subscriber> due = awaitDue();
                if (due.isEmpty()) {
                    return;
                }
                deliver(due);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the next tick; empty when closed. */
    private List<Subscriber> awaitDue() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                long now = System.nanoTime();
                long wait = Long.MAX_VALUE;
                List<Subscriber> due = new ArrayList<>();
                for (Subscriber subscriber : active) {
                    long left = subscriber.dueNanos - now;
                    if (left <= 0) {
                        due.add(subscriber);
                        subscriber.scheduleAfter(now);
                    } else {
                        wait = Math.min(wait, left);
                    }
                }
                if (!due.isEmpty()) {
                    return due;
                }
                if (active.isEmpty()) {
                    changed.await();
                } else {
                    long unused = changed.awaitNanos(wait);
                }
            }
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    private void deliver(List<Subscriber> due) {
        due.forEach(Subscriber::disconnectIfStuck);
        try {
            JsonNode snapshot = JsonNodeFactory.instance.rawValueNode(new RawValue(Json.line(source.get())));
            due.forEach(subscriber -> subscriber.offer(snapshot));
            lastTickFailed = false;
        } catch (RuntimeException e) {
            // The edge of this thread: a failing tick must not end all later ones, nor fill the log.
            if (!lastTickFailed) {
                LOG.log(Level.ERROR, "a snapshot could not be taken", e);
            }
            lastTickFailed = true;
        }
    }

    /** One subscription. {@link #start} and {@link #stop} may be called by any thread, each once or more. */
    final class Subscriber {
        private final long id;
        private final long periodNanos;
        private final RpcConnection connection;
        private final Thread thread;

        /** Guarded by the publisher's lock. */
        private long dueNanos;

        private final Object slotLock = new Object();
        private @Nullable JsonNode newest;
        private boolean stopped;
        /** When the delivery in progress began; 0 while there is none. */
        private long writingSinceNanos;

        private Subscriber(long id, long periodNanos, RpcConnection connection) {
            this.id = id;
            this.periodNanos = periodNanos;
            this.connection = connection;
            this.thread = new Thread(this::write, "stats-to-client");
            this.thread.setDaemon(true);
        }

        long id() {
            return id;
        }

        /** Begins the delivery; the first snapshot comes at once. */
        void start() {
            lock.lock();
            try {
                if (closed || !active.add(this)) {
                    return;
                }
                dueNanos = System.nanoTime();
                thread.start();
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        void stop() {
            lock.lock();
            try {
                active.remove(this);
            } finally {
                lock.unlock();
            }
            synchronized (slotLock) {
                stopped = true;
                newest = null;
                slotLock.notifyAll();
            }
        }

        /** Ticks that were missed are skipped. */
        private void scheduleAfter(long now) {
            dueNanos = Math.floorDiv(now, periodNanos) * periodNanos + periodNanos;
        }

        private void offer(JsonNode snapshot) {
            synchronized (slotLock) {
                if (!stopped) {
                    newest = snapshot;
                    slotLock.notifyAll();
                }
            }
        }

        private void disconnectIfStuck() {
            synchronized (slotLock) {
                if (writingSinceNanos == 0 || System.nanoTime() - writingSinceNanos < patience.toNanos()) {
                    return;
                }
            }
            LOG.log(Level.WARNING, "a subscriber has not read for {0} s and is disconnected", patience.toSeconds());
            stop();
            hangUp();
        }

        private void write() {
            try {
                for (JsonNode snapshot = take(); snapshot != null; snapshot = take()) {
                    JsonNode params = JsonNodeFactory.instance
                            .objectNode()
                            .put("subscription", id)
                            .set("snapshot", snapshot);
                    connection.writeLine(RpcCodec.encode(RpcRequest.notification(RpcMethods.STATS_SNAPSHOT, params)));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                // The client is gone or was cut off; the connection's own thread sees the same end and tidies up.
                stop();
                hangUp();
            }
        }

        /** Waits for a snapshot; null when stopped. Marks the begin of its delivery. */
        private @Nullable JsonNode take() throws InterruptedException {
            synchronized (slotLock) {
                writingSinceNanos = 0;
                while (newest == null && !stopped) {
                    slotLock.wait();
                }
                JsonNode taken = newest;
                newest = null;
                if (taken != null) {
                    writingSinceNanos = Math.max(1, System.nanoTime());
                }
                return taken;
            }
        }

        private void hangUp() {
            try {
                connection.close();
            } catch (IOException e) {
                // Closed or not, nothing is written to it any more.
            }
        }
    }
}
