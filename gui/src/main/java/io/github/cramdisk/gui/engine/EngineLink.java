// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.engine;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.EngineStatus;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.api.Subscription;
import io.github.cramdisk.gui.common.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The line to the engine. It connects in the background, delivers snapshots, notices when the engine goes away and
 * reconnects by itself, so that a window rides through the death of its engine. Everything observable changes on the
 * window's thread only.
 */
public final class EngineLink implements AutoCloseable {
    /** Snapshots a second: smooth enough to watch a copy, cheap enough to leave open all day. */
    public static final int HERTZ = 2;

    private static final System.Logger LOG = System.getLogger(EngineLink.class.getName());

    /** Waits before a try: the first after a loss is at once, because the engine's launcher restarts it at once. */
    private static final List<Duration> BACKOFF = List.of(
            Duration.ofMillis(100),
            Duration.ofMillis(300),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10));

    /** Tries after a loss before the window says that there is no engine. */
    private static final int PATIENCE = 4;

    private final EngineConnector connector;
    private final Tasks tasks;
    private final ReadOnlyObjectWrapper<EngineState> state =
            new ReadOnlyObjectWrapper<>(this, "state", new EngineState.Connecting());
    private final ReadOnlyObjectWrapper<@Nullable Snapshot> snapshot = new ReadOnlyObjectWrapper<>(this, "snapshot");
    private final DiskHistories histories = new DiskHistories();
    private final AtomicReference<@Nullable Arrival> latest = new AtomicReference<>();

    private @Nullable Engine engine;
    private @Nullable Subscription subscription;
    private @Nullable EngineStatus status;
    /** Counts connections and tries; what an older one still delivers is dropped. */
    private int generation;

    private int failures;
    private boolean closed;

    /** A snapshot and the connection that brought it. */
    private record Arrival(int generation, Snapshot snapshot) {}

    private record Connection(Engine engine, EngineStatus status) {}

    public EngineLink(EngineConnector connector, Tasks tasks) {
        this.connector = connector;
        this.tasks = tasks;
    }

    public ReadOnlyObjectProperty<EngineState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    public EngineState state() {
        return state.get();
    }

    /** The latest snapshot; null before the first. It stays while the engine is away. */
    public ReadOnlyObjectProperty<@Nullable Snapshot> snapshotProperty() {
        return snapshot.getReadOnlyProperty();
    }

    public @Nullable Snapshot snapshot() {
        return snapshot.get();
    }

    /** The recent past of every disk, brought up to date before {@link #snapshotProperty} changes. */
    public DiskHistories histories() {
        return histories;
    }

    /** Begins to connect. */
    public void connect() {
        connect(connector::connect);
    }

    /** Begins to connect, and to start an engine where none runs: the answer to "Retry". */
    public void start() {
        connect(connector::start);
    }

    private void connect(Supplier<Engine> way) {
        if (closed) {
            return;
        }
        int mine = ++generation;
        if (!(state.get() instanceof EngineState.Reconnecting)) {
            state.set(new EngineState.Connecting());
        }
        tasks.run(() -> {
                    Engine reached = way.get();
                    return new Connection(reached, reached.status());
                })
                .onSuccess(connection -> connected(mine, connection))
                .onFailure(error -> failed(mine, error));
    }

    /** Asks the engine in the background; fails at once while there is none. */
    public <T> Tasks.Pending<T> call(Function<Engine, T> question) {
        Engine current = engine;
        return tasks.run(() -> {
            if (current == null) {
                throw new CramdiskException(ErrorKind.ENGINE_UNAVAILABLE, "the window is not connected");
            }
            return question.apply(current);
        });
    }

    @Override
    public void close() {
        closed = true;
        generation++;
        release();
    }

    private void connected(int mine, Connection connection) {
        if (mine != generation) {
            closeQuietly(connection.engine(), null);
            return;
        }
        engine = connection.engine();
        status = connection.status();
        tasks.run(() -> connection
                        .engine()
                        .subscribe(
                                HERTZ,
                                arrived -> deliver(new Arrival(mine, arrived)),
                                () -> tasks.onWindow(() -> gone(mine))))
                .onSuccess(running -> {
                    if (mine == generation) {
                        subscription = running;
                    } else {
                        closeQuietly(null, running);
                    }
                })
                .onFailure(error -> failed(mine, error));
    }

    /** Called on the client's thread. A window that cannot keep up sees the newest, not a queue. */
    private void deliver(Arrival arrival) {
        if (latest.getAndSet(arrival) == null) {
            tasks.onWindow(this::show);
        }
    }

    private void show() {
        Arrival arrival = latest.getAndSet(null);
        EngineStatus running = status;
        if (arrival == null || arrival.generation() != generation || running == null) {
            return;
        }
        failures = 0;
        histories.add(arrival.snapshot());
        snapshot.set(arrival.snapshot());
        if (!(state.get() instanceof EngineState.Running)) {
            state.set(new EngineState.Running(running));
        }
    }

    private void gone(int mine) {
        if (mine != generation || closed) {
            return;
        }
        LOG.log(System.Logger.Level.INFO, "the engine went away");
        release();
        state.set(new EngineState.Reconnecting());
        retryLater(++generation);
    }

    private void failed(int mine, CramdiskException error) {
        if (mine != generation || closed) {
            return;
        }
        release();
        failures++;
        boolean patient = state.get() instanceof EngineState.Reconnecting && failures < PATIENCE;
        if (!patient) {
            logOnce(error);
            state.set(new EngineState.Unavailable(error));
        }
        retryLater(mine);
    }

    /** A line for each new reason, however often it is tried: the window shows the reason and its details. */
    private void logOnce(CramdiskException error) {
        if (!(state.get() instanceof EngineState.Unavailable before)
                || !String.valueOf(error.getMessage()).equals(before.error().getMessage())) {
            LOG.log(System.Logger.Level.WARNING, "no engine: " + error.getMessage());
            LOG.log(System.Logger.Level.DEBUG, "no engine", error);
        }
    }

    private void retryLater(int mine) {
        tasks.after(BACKOFF.get(Math.min(failures, BACKOFF.size() - 1)), () -> {
            if (mine == generation && !closed) {
                boolean visible = state.get() instanceof EngineState.Unavailable;
                EngineState before = state.get();
                connect();
                if (visible) {
                    // A try in the background must not make the error flicker.
                    state.set(before);
                }
            }
        });
    }

    private void release() {
        closeQuietly(engine, subscription);
        engine = null;
        subscription = null;
        status = null;
    }

    private void closeQuietly(@Nullable Engine old, @Nullable Subscription oldSubscription) {
        if (old == null && oldSubscription == null) {
            return;
        }
        tasks.run(() -> {
                    if (oldSubscription != null) {
                        oldSubscription.close();
                    }
                    if (old != null) {
                        old.close();
                    }
                    return true;
                })
                .onFailure(error -> LOG.log(System.Logger.Level.DEBUG, "closing a connection", error));
    }
}
