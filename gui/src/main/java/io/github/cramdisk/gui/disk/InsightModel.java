// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.api.insight.CodecReport;
import io.github.cramdisk.api.insight.DiskMap;
import io.github.cramdisk.api.insight.Insight;
import io.github.cramdisk.api.insight.VolumeHistory;
import io.github.cramdisk.gui.engine.EngineLink;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ChangeListener;
import org.jspecify.annotations.Nullable;

/**
 * What the engine knows of a volume beyond a snapshot: its past, its map, what codecs would give. Asks for each at a pace
 * of its own, driven by the snapshots, never twice at once, and only while {@link #activeProperty} is set.
 */
public final class InsightModel implements AutoCloseable {
    /** What a chart can show. */
    public static final List<Duration> SPANS =
            List.of(Insight.SHORTEST, Duration.ofMinutes(15), Duration.ofHours(1), Insight.LONGEST);

    private static final System.Logger LOG = System.getLogger(InsightModel.class.getName());
    private static final long MAP_MILLIS = 2_000;
    private static final long CODECS_MILLIS = 2_000;
    private static final long MOST_HISTORY_MILLIS = 15_000;
    private static final long SECOND = 1_000;

    private final String volume;
    private final EngineLink link;
    private final ObjectProperty<Duration> span = new SimpleObjectProperty<>(this, "span", SPANS.get(0));
    private final BooleanProperty active = new SimpleBooleanProperty(this, "active", true);
    private final ReadOnlyObjectWrapper<MapZoom> zoom = new ReadOnlyObjectWrapper<>(this, "zoom", MapZoom.NOTHING);
    private final Question<VolumeHistory> history =
            new Question<>("history", this::historyMillis, engine -> ask(engine, span.get()));
    private final Question<DiskMap> map;
    private final Question<CodecReport> codecs;
    private final ChangeListener<@Nullable Snapshot> listener = (property, before, now) -> look(now);

    /** @param disk whether it has a map and codecs */
    public InsightModel(String volume, boolean disk, EngineLink link) {
        this.volume = volume;
        this.link = link;
        this.map = new Question<>(
                "map",
                () -> MAP_MILLIS,
                engine -> engine.insight().diskMap(zoom.get().query(volume)));
        this.codecs = new Question<>(
                "codecs", () -> CODECS_MILLIS, engine -> engine.insight().codecs(volume));
        if (!disk) {
            codecs.wanted = false;
        }
        map.wanted = false;
        link.snapshotProperty().addListener(listener);
        span.addListener(observable -> history.askNow());
        zoom.addListener(observable -> {
            if (disk) {
                map.wanted = !zoom.get().equals(MapZoom.NOTHING);
                map.askNow();
            }
        });
        active.addListener(observable -> look(link.snapshot()));
        look(link.snapshot());
    }

    private VolumeHistory ask(Engine engine, Duration wanted) {
        return engine.insight().history(volume, wanted);
    }

    /** How far back the charts show. */
    public ObjectProperty<Duration> spanProperty() {
        return span;
    }

    /** Whether somebody sees it. */
    public BooleanProperty activeProperty() {
        return active;
    }

    /** Null before the first answer. So are the others. */
    public ReadOnlyObjectProperty<@Nullable VolumeHistory> historyProperty() {
        return history.answer.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<@Nullable DiskMap> mapProperty() {
        return map.answer.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<@Nullable CodecReport> codecsProperty() {
        return codecs.answer.getReadOnlyProperty();
    }

    /** Which part of the addresses the map shows. */
    public ReadOnlyObjectProperty<MapZoom> zoomProperty() {
        return zoom.getReadOnlyProperty();
    }

    public void setZoom(MapZoom newZoom) {
        zoom.set(newZoom);
    }

    @Override
    public void close() {
        link.snapshotProperty().removeListener(listener);
        active.set(false);
    }

    /** As often as there is something new to see. */
    private long historyMillis() {
        VolumeHistory latest = history.answer.get();
        return latest == null ? SECOND : Math.max(SECOND, Math.min(MOST_HISTORY_MILLIS, latest.stepMillis()));
    }

    private void look(@Nullable Snapshot snapshot) {
        if (snapshot != null && active.get()) {
            history.askIfDue(snapshot.timeMillis());
            map.askIfDue(snapshot.timeMillis());
            codecs.askIfDue(snapshot.timeMillis());
        }
    }

    /** Something that is asked again and again; one at a time. */
    private final class Question<T> {
        private final LongSupplier paceMillis;
        private final Function<Engine, T> question;
        private final ReadOnlyObjectWrapper<@Nullable T> answer;
        private boolean wanted = true;
        private boolean asked;
        private boolean again;
        private long askedMillis = Long.MIN_VALUE / 2;

        Question(String name, LongSupplier paceMillis, Function<Engine, T> question) {
            this.paceMillis = paceMillis;
            this.question = question;
            this.answer = new ReadOnlyObjectWrapper<>(InsightModel.this, name);
        }

        void askIfDue(long nowMillis) {
            // A clock that was set back must not stop the questions.
            if (nowMillis < askedMillis || nowMillis - askedMillis >= paceMillis.getAsLong()) {
                askedMillis = nowMillis;
                ask();
            }
        }

        /** What is known is of another range. */
        void askNow() {
            if (active.get() && link.snapshot() != null) {
                again = asked;
                ask();
            }
        }

        private void ask() {
            if (!wanted || asked) {
                return;
            }
            asked = true;
            Consumer<T> take = found -> {
                asked = false;
                if (again) {
                    again = false;
                    ask();
                } else {
                    answer.set(found);
                }
            };
            link.call(question).onSuccess(take).onFailure(this::failed);
        }

        private void failed(CramdiskException error) {
            // The engine is away or the volume is gone, which the page says; or it was made a moment ago.
            LOG.log(System.Logger.Level.DEBUG, "no answer about " + volume, error);
            asked = false;
            again = false;
        }
    }
}
