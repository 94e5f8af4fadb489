// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.serve;

import io.github.cramdisk.helper.bus.IntakeListener;
import io.github.cramdisk.helper.wire.BusErrors;
import io.github.cramdisk.helper.wire.SystemBus;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.messages.MethodCall;
import org.jspecify.annotations.Nullable;

/**
 * Takes calls off the thread that reads, and has each answered on a thread of a bounded pool. What is too much is
 * refused at once: calls of one connection, and calls altogether.
 */
public final class Calls implements IntakeListener {
    private static final System.Logger LOG = System.getLogger(Calls.class.getName());

    /** Twice as many as persons are ever asked at once, so that waiting for them stops nobody else. */
    private static final int THREADS = 16;

    private static final int WAITING = 256;
    /** Of one connection, waiting for a person included. */
    private static final int EACH = 32;

    private static final int THREAD_IDLE_SECONDS = 10;

    private final ThreadPoolExecutor threads;
    private final Map<String, Integer> underWay = new HashMap<>();
    private long lastNanos = System.nanoTime();
    private volatile @Nullable Exchange exchange;

    /** What answers: known only when the connection is. */
    private record Exchange(SystemBus bus, Dispatcher dispatcher, Consumer<String> onLeft) {}

    public Calls() {
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, THREAD_IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, "call");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * From now on calls are answered; those that came before are not, nor could anybody have known the helper's name.
     *
     * @param onLeft gets the unique names of connections that left
     */
    public void answerWith(SystemBus bus, Dispatcher dispatcher, Consumer<String> onLeft) {
        exchange = new Exchange(bus, dispatcher, onLeft);
    }

    @Override
    public void called(MethodCall call) {
        Exchange current = exchange;
        if (current == null || call.getSource() == null) {
            return;
        }
        if (!enter(call.getSource())) {
            refuse(current.bus(), call, "too many calls of yours are under way");
            return;
        }
        try {
            threads.execute(() -> {
                try {
                    current.dispatcher().answer(call);
                } finally {
                    exit(call.getSource());
                }
            });
        } catch (RejectedExecutionException e) {
            exit(call.getSource());
            refuse(current.bus(), call, "too many calls are under way");
        }
    }

    @Override
    public void left(String uniqueName) {
        Exchange current = exchange;
        if (current != null) {
            try {
                threads.execute(() -> current.onLeft().accept(uniqueName));
            } catch (RejectedExecutionException e) {
                LOG.log(Level.WARNING, "too busy to see that " + uniqueName + " has left");
            }
        }
    }

    /** How long nothing was under way; zero while something is. */
    public synchronized Duration idle() {
        return underWay.isEmpty() ? Duration.ofNanos(System.nanoTime() - lastNanos) : Duration.ZERO;
    }

    private synchronized boolean enter(String uniqueName) {
        int count = underWay.getOrDefault(uniqueName, 0);
        if (count >= EACH) {
            return false;
        }
        underWay.put(uniqueName, count + 1);
        return true;
    }

    private synchronized void exit(String uniqueName) {
        underWay.computeIfPresent(uniqueName, (name, count) -> count == 1 ? null : count - 1);
        lastNanos = System.nanoTime();
    }

    private static void refuse(SystemBus bus, MethodCall call, String reason) {
        try {
            bus.refuse(call, BusErrors.LIMITS_EXCEEDED, "s", reason);
        } catch (DBusException e) {
            LOG.log(Level.DEBUG, "not answered: " + e);
        }
    }
}
