// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import io.github.cramdisk.host.mount.MountEntry;
import io.github.cramdisk.host.mount.MountTable;
import io.github.cramdisk.host.mount.TreeUse;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The use of filesystems that only counting tells ({@link TreeUse}), one after the other on a thread of its own. A list
 * waits a moment for a count and then takes the one before, so that a tree of a million files holds up nobody; and a
 * tree is counted anew only when the last count is old in relation to what it took, so that a window that asks each
 * second costs next to nothing. Thread-safe.
 */
final class TreeUses {
    private static final long MOST_FILES = 1_000_000;
    private static final long WAIT_MILLIS = 300;
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** At most one part in this many of a processor goes into counting a filesystem again and again. */
    private static final long REST = 50;

    private final ConcurrentMap<MountEntry, Count> counts = new ConcurrentHashMap<>();
    private final ExecutorService counter = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "tree-use");
        thread.setDaemon(true);
        return thread;
    });

    /** The newest count, which may be under way, and what the one before found. */
    private record Count(CompletableFuture<Found> newest, TreeUse before) {}

    private record Found(TreeUse use, long endNanos, long tookNanos) {
        boolean isFresh() {
            return System.nanoTime() - endNanos < Math.max(FRESH_NANOS, REST * tookNanos);
        }
    }

    /**
     * What is in a filesystem, as found by the last count that ended.
     *
     * @param pageBytes the size of a page where the part in swap is wanted too, else 0
     * @return {@link TreeUse#UNKNOWN} while the first one lasts, and of what this user may not look at
     */
    TreeUse of(MountEntry mount, int pageBytes) {
        Count count = counts.compute(mount, (key, last) -> {
            if (last == null) {
                return new Count(start(mount, pageBytes), TreeUse.UNKNOWN);
            }
            if (!last.newest.isDone() || last.newest.join().isFresh()) {
                return last;
            }
            return new Count(start(mount, pageBytes), last.newest.join().use());
        });
        try {
            return count.newest.get(WAIT_MILLIS, TimeUnit.MILLISECONDS).use();
        } catch (TimeoutException e) {
            return count.before;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return count.before;
        } catch (ExecutionException e) {
            throw new IllegalStateException("counting the files of " + mount.target() + " failed", e);
        }
    }

    /** Forgets the filesystems that are no longer mounted. */
    void keepOnly(MountTable mounts) {
        counts.keySet().retainAll(mounts.visible());
    }

    private CompletableFuture<Found> start(MountEntry mount, int pageBytes) {
        return CompletableFuture.supplyAsync(() -> count(mount, pageBytes), counter);
    }

    private static Found count(MountEntry mount, int pageBytes) {
        long start = System.nanoTime();
        TreeUse use = TreeUse.UNKNOWN;
        try {
            use = TreeUse.of(Path.of(mount.target()), MOST_FILES, pageBytes);
        } catch (IOException | InvalidPathException e) {
            // It is gone meanwhile, this user may not go there, or the JVM cannot name it.
        }
        long end = System.nanoTime();
        return new Found(use, end, end - start);
    }
}
