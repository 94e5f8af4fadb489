// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.attach;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.host.nbd.AttachedDisk;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Sees to it that every attached disk has a connection: at the start of the engine, and when one dies under it. What waits
 * for the device goes on then. One thread; without attached disks it reads one directory a second.
 */
public final class AttachmentKeeper implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AttachmentKeeper.class.getName());
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final AttachmentReader reader;
    private final Attachments attachments;
    private final CountDownLatch closed = new CountDownLatch(1);
    /** Disks about which it was said that they cannot be served, so that it is said once. */
    private final Set<String> failed = new HashSet<>();

    public AttachmentKeeper(AttachmentReader reader, Attachments attachments) {
        this.reader = reader;
        this.attachments = attachments;
    }

    public void start() {
        Thread thread = new Thread(this::run, "attachment-keeper");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            do {
                look();
            } while (!closed.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            // Nobody interrupts it but the end of the process.
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            for (AttachedDisk disk : reader.own()) {
                if (closed.getCount() > 0) {
                    look(disk);
                }
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "attached disks could not be read", e);
        } catch (RuntimeException e) {
            // At the edge of the thread: one bad reading must not end the watch.
            LOG.log(Level.ERROR, "the watch over attached disks failed", e);
        }
    }

    private void look(AttachedDisk disk) {
        try {
            attachments.reattachIfNeeded(disk);
            failed.remove(disk.disk());
        } catch (CramdiskException e) {
            if (failed.add(disk.disk())) {
                LOG.log(
                        Level.ERROR,
                        "disk " + disk.disk() + ", attached as " + disk.device() + ", cannot be served; what uses it"
                                + " waits: " + e.getMessage(),
                        e);
            }
        }
    }

    /** No device gets a connection any more: the engine leaves, and the next one serves them. */
    @Override
    public void close() {
        closed.countDown();
    }
}
