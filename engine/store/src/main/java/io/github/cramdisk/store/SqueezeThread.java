// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import io.github.cramdisk.store.StoreException.Reason;
import java.lang.System.Logger;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Squeezes the cold blocks of all stores added to it and brings others into the codec of their store, on one thread, within
 * the share of a processor that its pace allows. It works for at most a leaf of the index at a time (2 MiB with blocks of
 * 4 KiB) at either, and rests in between.
 */
public final class SqueezeThread implements AutoCloseable {
    private static final Logger LOG = System.getLogger(SqueezeThread.class.getName());
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long NOT_NOW_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MIN_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final double MIN_SHARE = 0.01;

    private final SqueezePace pace;
    private final Set<BlockStore> stores = ConcurrentHashMap.newKeySet();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;

    /** Starts the thread. */
    public SqueezeThread(SqueezePace pace) {
        this.pace = pace;
        this.thread = new Thread(this::run, "squeeze");
        thread.setDaemon(true);
        thread.start();
    }

    /** Squeezes what is cold in a store from now on, until it is closed. */
    public void add(BlockStore store) {
        stores.add(store);
    }

    /** Ends the thread; it may still finish the leaf at hand. */
    @Override
    public void close() {
        ended.countDown();
    }

    private void run() {
        try {
            long rest = IDLE_NANOS;
            while (!ended.await(rest, TimeUnit.NANOSECONDS)) {
                double share = stores.isEmpty() ? 0 : Math.min(1, pace.share());
                rest = share < MIN_SHARE ? NOT_NOW_NANOS : work(share);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Works on a leaf of each store; how long to rest after it. */
    private long work(double share) {
        long start = System.nanoTime();
        boolean more = false;
        for (BlockStore store : stores) {
            more |= workOn(store, start);
        }
        long worked = System.nanoTime() - start;
        return more ? Math.max(MIN_REST_NANOS, (long) (worked * (1 / share - 1))) : IDLE_NANOS;
    }

    /** One store's trouble must not end squeezing of the others. */
    private boolean workOn(BlockStore store, long now) {
        try {
            return store.squeezeStep(now);
        } catch (StoreException e) {
            if (e.reason() != Reason.CLOSED) {
                LOG.log(Logger.Level.WARNING, "squeezing failed", e);
            }
        } catch (RuntimeException | Error e) {
            LOG.log(Logger.Level.WARNING, "squeezing failed", e);
        }
        stores.remove(store);
        return false;
    }
}
