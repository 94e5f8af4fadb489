// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that help sessions with large pieces, as many as the machine has cores. A piece is handed off only when a
 * core is plausibly idle: fewer sessions and workers are busy than there are cores. Thread-safe.
 */
final class Workers implements AutoCloseable {
    private final int cores;
    private final BlockingQueue<Job> queue;
    private final AtomicInteger reserved = new AtomicInteger();
    private final List<Activity> sessions = new CopyOnWriteArrayList<>();
    private final Thread[] threads;

    Workers(int cores) {
        this.cores = cores;
        this.queue = new ArrayBlockingQueue<>(cores);
        this.threads = new Thread[cores];
        for (int i = 0; i < cores; i++) {
            threads[i] = new Thread(this::work, "nbd-worker-" + (i + 1));
            threads[i].setDaemon(true);
            threads[i].start();
        }
    }

    void register(Activity activity) {
        sessions.add(activity);
    }

    void unregister(Activity activity) {
        sessions.remove(activity);
    }

    /** Reserves an idle core; a true answer must be followed by {@link #submit} or {@link #unreserve}. */
    boolean reserve() {
        int busy = reserved.get();
        return isCoreIdle(cores - busy) && reserved.compareAndSet(busy, busy + 1);
    }

    /** Whether a core is idle besides the one of the caller, whose activity counts as waiting. */
    boolean hasIdleCore() {
        return isCoreIdle(cores - reserved.get() - 1);
    }

    /** @param notWorking cores that have no worker */
    private boolean isCoreIdle(int notWorking) {
        int idle = notWorking;
        for (int i = 0; idle > 0 && i < sessions.size(); i++) {
            if (usesCore(i)) {
                idle--;
            }
        }
        return idle > 0;
    }

    void unreserve() {
        reserved.decrementAndGet();
    }

    /** Queues a job for the core reserved before; there is always room, because there are no more reservations. */
    void submit(Job job) {
        queue.add(job);
    }

    @Override
    public void close() {
        for (Thread thread : threads) {
            thread.interrupt();
        }
    }

    private boolean usesCore(int index) {
        try {
            return sessions.get(index).usesCore();
        } catch (IndexOutOfBoundsException e) {
            return false; // a session ended since its number was taken
        }
    }

    private void work() {
        try {
            while (true) {
                Job job = queue.take();
                try {
                    job.runIfQueued();
                } finally {
                    reserved.decrementAndGet();
                }
            }
        } catch (InterruptedException e) {
            // close() ends the thread; jobs left in the queue are run by their sessions.
        }
    }
}
