// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.engine;

import io.github.cramdisk.gui.common.Tasks;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A thread that stands for the window's, so that what needs real threads is tested without a toolkit. */
final class TestThreads implements AutoCloseable {
    private final ExecutorService window = Executors.newSingleThreadExecutor();
    private final Tasks tasks = Tasks.withWindowThread(window);

    Tasks tasks() {
        return tasks;
    }

    <T> T get(Callable<T> work) {
        return CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return work.call();
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        window)
                .join();
    }

    void run(Runnable work) {
        CompletableFuture.runAsync(work, window).join();
    }

    @Override
    public void close() {
        tasks.close();
        window.shutdownNow();
    }
}
