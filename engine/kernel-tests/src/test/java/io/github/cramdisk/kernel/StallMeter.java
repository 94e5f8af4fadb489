// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes 4 KiB and syncs, again and again, and remembers how long the longest of it took. */
final class StallMeter implements AutoCloseable {
    private final Thread thread;
    private volatile boolean ending;
    private volatile long longestNanos;
    private volatile @Nullable IOException failure;

    StallMeter(Path file) {
        thread = new Thread(() -> run(file), "stall-meter");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Path file) {
        ByteBuffer block = ByteBuffer.allocateDirect(4096);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int round = 0; !ending; round++) {
                long start = System.nanoTime();
                block.clear().putInt(0, round);
                channel.write(block, 0);
                channel.force(false);
                longestNanos = Math.max(longestNanos, System.nanoTime() - start);
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    /** The longest stall so far. */
    Duration longest() {
        return Duration.ofNanos(longestNanos);
    }

    /** @throws AssertionError when a write or a sync failed */
    @Override
    public void close() {
        ending = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw new AssertionError("a write failed", failure);
        }
    }
}
