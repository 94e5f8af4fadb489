// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javafx.application.Platform;

/**
 * The one door to threads. Work runs in the background, what it found is handed over on the thread of the window, and
 * nothing else in the window starts a thread or posts to one. Calls are made on the window's thread.
 */
public final class Tasks implements AutoCloseable {
    private final Executor background;
    private final Executor window;
    private final Clock clock;

    /** Runs something later, once. */
    interface Clock extends AutoCloseable {
        void after(Duration delay, Runnable action);

        @Override
        void close();
    }

    Tasks(Executor background, Executor window, Clock clock) {
        this.background = background;
        this.window = window;
        this.clock = clock;
    }

    /** For a running window: daemon threads in the background, results on the JavaFX thread. */
    public static Tasks ofWindow() {
        return withWindowThread(Platform::runLater);
    }

    /** The same with another thread in the place of the JavaFX thread. */
    public static Tasks withWindowThread(Executor window) {
        Executor background = Executors.newCachedThreadPool(runnable -> daemon(runnable, "cramdisk-gui-task"));
        return new Tasks(background, window, new TimerClock());
    }

    /** Everything at once on the calling thread, delays never; for tests of view models. */
    public static Tasks direct() {
        return new Tasks(Runnable::run, Runnable::run, new NeverClock());
    }

    private static Thread daemon(Runnable runnable, String name) {
        Thread thread = new Thread(runnable, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Starts {@code work} in the background. */
    public <T> Pending<T> run(Callable<T> work) {
        return new Pending<>(CompletableFuture.supplyAsync(() -> call(work), background), window);
    }

    /** Hands {@code action} to the window's thread; callable from any thread. */
    public void onWindow(Runnable action) {
        window.execute(action);
    }

    /** Runs {@code action} on the window's thread after {@code delay}. */
    public void after(Duration delay, Runnable action) {
        clock.after(delay, () -> window.execute(action));
    }

    @Override
    public void close() {
        clock.close();
    }

    // A thread's edge: whatever a task throws becomes the one error that views can show.
    private static <T> T call(Callable<T> work) {
        try {
            return work.call();
        } catch (CramdiskException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CramdiskException(ErrorKind.INTERNAL, e, "interrupted");
        } catch (Exception e) {
            throw new CramdiskException(ErrorKind.INTERNAL, e, e.toString());
        }
    }

    /** Work under way; exactly one of its two handlers is called, on the window's thread. */
    public static final class Pending<T> {
        private final CompletableFuture<T> future;
        private final Executor window;

        private Pending(CompletableFuture<T> future, Executor window) {
            this.future = future;
            this.window = window;
        }

        public Pending<T> onSuccess(Consumer<? super T> handler) {
            CompletableFuture<Void> unused = future.thenAccept(value -> window.execute(() -> handler.accept(value)));
            return this;
        }

        public Pending<T> onFailure(Consumer<CramdiskException> handler) {
            CompletableFuture<T> unused = future.exceptionally(thrown -> {
                CramdiskException error = unwrap(thrown);
                window.execute(() -> handler.accept(error));
                throw error;
            });
            return this;
        }

        private static CramdiskException unwrap(Throwable thrown) {
            Throwable cause =
                    thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
            return cause instanceof CramdiskException known
                    ? known
                    : new CramdiskException(ErrorKind.INTERNAL, cause, cause.toString());
        }
    }

    private static final class TimerClock implements Clock {
        private final ScheduledExecutorService timer =
                Executors.newSingleThreadScheduledExecutor(runnable -> daemon(runnable, "cramdisk-gui-timer"));

        @Override
        public void after(Duration delay, Runnable action) {
            try {
                var unused = timer.schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                // The window is closing: nobody waits for this any more.
                return;
            }
        }

        @Override
        public void close() {
            timer.shutdownNow();
        }
    }

    private static final class NeverClock implements Clock {
        @Override
        public void after(Duration delay, Runnable action) {}

        @Override
        public void close() {}
    }
}
