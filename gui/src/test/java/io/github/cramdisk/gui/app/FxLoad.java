// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import javafx.application.Platform;
import javafx.scene.Scene;

/**
 * Measures what the window's thread computes: every task that is handed to it, and the styling and layout of every frame.
 * It counts the time of the processor, so that a busy machine does not make a window look slow.
 */
final class FxLoad {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final List<Long> nanos = Collections.synchronizedList(new ArrayList<>());
    private long frameBegan;

    /** The JavaFX thread, each of whose tasks is measured. */
    Executor window() {
        return task -> Platform.runLater(() -> {
            long began = THREADS.getCurrentThreadCpuTime();
            task.run();
            nanos.add(THREADS.getCurrentThreadCpuTime() - began);
        });
    }

    /** Measures the frames of a scene, too; on the window's thread. */
    void watch(Scene scene) {
        scene.addPreLayoutPulseListener(() -> frameBegan = THREADS.getCurrentThreadCpuTime());
        scene.addPostLayoutPulseListener(() -> nanos.add(THREADS.getCurrentThreadCpuTime() - frameBegan));
    }

    /** Forgets what was measured so far. */
    void clear() {
        nanos.clear();
    }

    int count() {
        return nanos.size();
    }

    /** What a share of all tasks and frames stays below, such as 0.95; zero where there were none. */
    Duration below(double share) {
        List<Long> sorted;
        synchronized (nanos) {
            sorted = new ArrayList<>(nanos);
        }
        if (sorted.isEmpty()) {
            return Duration.ZERO;
        }
        Collections.sort(sorted);
        int index = (int) Math.min(sorted.size() - 1L, Math.round(share * sorted.size()));
        return Duration.ofNanos(sorted.get(index));
    }
}
