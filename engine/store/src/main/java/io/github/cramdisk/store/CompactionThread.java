// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import java.io.IOException;
import java.lang.System.Logger;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The one background thread of all open stores; it ticks only while there are any. */
final class CompactionThread {
    private static final CompactionThread INSTANCE = new CompactionThread();
    private static final Logger LOG = System.getLogger(CompactionThread.class.getName());
    private static final long TICK_MILLIS = 250;

    private final Set<Compactor> compactors = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "compaction");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable ScheduledFuture<?> ticking;

    private CompactionThread() {}

    static CompactionThread shared() {
        return INSTANCE;
    }

    synchronized void add(Compactor compactor) {
        compactors.add(compactor);
        if (ticking == null) {
            ticking = executor.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    synchronized void remove(Compactor compactor) {
        compactors.remove(compactor);
        if (compactors.isEmpty() && ticking != null) {
            ticking.cancel(false);
            ticking = null;
        }
    }

    private void tick() {
        for (Compactor compactor : compactors) {
            try {
                compactor.tick();
            } catch (IOException | RuntimeException | Error e) {
                // A thread's edge: one store's trouble, be it a lack of memory, must not end compaction of the others.
                LOG.log(Logger.Level.WARNING, "compaction failed", e);
            }
        }
    }
}
