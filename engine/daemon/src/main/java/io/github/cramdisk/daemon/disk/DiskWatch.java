// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.disk;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The thread that looks after the disks twice a second. */
public final class DiskWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DiskWatch.class.getName());
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final Disks disks;
    private final CountDownLatch closed = new CountDownLatch(1);

    private DiskWatch(Disks disks) {
        this.disks = disks;
    }

    public static DiskWatch start(Disks disks) {
        DiskWatch watch = new DiskWatch(disks);
        Thread thread = new Thread(watch::run, "disk-watch");
        thread.setDaemon(true);
        thread.start();
        return watch;
    }

    private void run() {
        try {
            while (!closed.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    disks.look();
                } catch (RuntimeException e) {
                    // The edge of the thread: one bad look must not end the watch.
                    LOG.log(Level.ERROR, "the watch over disks failed", e);
                }
            }
        } catch (InterruptedException e) {
            // Nobody interrupts it but the end of the process.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
