// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.rpc;

import java.io.IOException;
import java.nio.channels.Channel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Closes a channel unless it is called off in time: blocking operations on Unix sockets have no timeout of their own,
 * but closing the channel ends them.
 */
final class Deadline implements AutoCloseable {
    private final CountDownLatch calledOff = new CountDownLatch(1);
    private volatile boolean passed;

    Deadline(Channel channel, Duration timeout) {
        Thread thread = new Thread(() -> watch(channel, timeout), "cramdisk-rpc-deadline");
        thread.setDaemon(true);
        thread.start();
    }

    private void watch(Channel channel, Duration timeout) {
        try {
            if (!calledOff.await(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                passed = true;
                channel.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // The channel is unusable either way, which is all that was wanted.
            passed = true;
        }
    }

    /** Whether the channel was closed because the time was up. */
    boolean passed() {
        return passed;
    }

    @Override
    public void close() {
        calledOff.countDown();
    }
}
