// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.insight.VolumeHistory;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.common.Texts;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/** The charts of a disk's past: what it holds and costs, and what is done with it. Both show the same range. */
final class PastCards {
    private static final double MEMORY_HEIGHT = 226;
    private static final double TRAFFIC_HEIGHT = 190;

    private final InsightModel model;
    private final Supplier<@Nullable DiskInfo> info;
    private final TimeChart memoryChart = new TimeChart("memory-chart");
    private final TimeChart trafficChart = new TimeChart("traffic-chart");
    private final ChartCard memory;
    private final ChartCard traffic;

    /** What the lower chart shows. */
    private enum Kind {
        THROUGHPUT(Axis.Unit.BYTES_PER_SECOND),
        OPERATIONS(Axis.Unit.PER_SECOND),
        LATENCY(Axis.Unit.NANOS);

        private final Axis.Unit unit;

        Kind(Axis.Unit unit) {
            this.unit = unit;
        }
    }

    /** @param say tells the user what was saved */
    PastCards(String name, InsightModel model, Tasks tasks, Consumer<String> say, Supplier<@Nullable DiskInfo> info) {
        this.model = model;
        this.info = info;
        memoryChart.setPrefHeight(MEMORY_HEIGHT);
        trafficChart.setPrefHeight(TRAFFIC_HEIGHT);
        memoryChart.setCurves(
                Axis.Unit.BYTES,
                List.of(
                        new Curve(
                                Texts.of("disk.chart.resident"),
                                "curve-resident",
                                true,
                                (past, step) -> past.residentBytes().get(step)),
                        new Curve(
                                Texts.of("disk.chart.stored"),
                                "curve-stored",
                                false,
                                (past, step) -> past.storedBytes().get(step)),
                        new Curve(
                                Texts.of("disk.chart.logical"),
                                "curve-logical",
                                true,
                                (past, step) -> past.logicalBytes().get(step))));
        setTraffic(Kind.THROUGHPUT);
        memory = new ChartCard(
                Texts.of("disk.history"),
                List.of(
                        spans(model),
                        new ChartSave(name + "-memory", memoryChart, model.historyProperty()::get, tasks, say)),
                memoryChart);
        traffic = new ChartCard(
                Texts.of("disk.traffic"),
                List.of(
                        kinds(),
                        new ChartSave(name + "-traffic", trafficChart, model.historyProperty()::get, tasks, say)),
                trafficChart);
        model.historyProperty().addListener((property, before, now) -> show(now));
        show(model.historyProperty().get());
    }

    ChartCard memory() {
        return memory;
    }

    ChartCard traffic() {
        return traffic;
    }

    static Node spans(InsightModel model) {
        List<ChartCard.Choice<Duration>> choices = InsightModel.SPANS.stream()
                .map(span -> new ChartCard.Choice<>("span-" + span.toMinutes(), words(span), span))
                .toList();
        return ChartCard.choices(choices, model.spanProperty().get(), model.spanProperty()::set);
    }

    private static String words(Duration span) {
        if (span.toDays() > 0) {
            return Texts.of("disk.span.days", span.toDays());
        }
        return span.toHours() > 0
                ? Texts.of("disk.span.hours", span.toHours())
                : Texts.of("disk.span", span.toMinutes());
    }

    private Node kinds() {
        return ChartCard.choices(
                List.of(
                        new ChartCard.Choice<>("traffic-bytes", Texts.of("disk.traffic.bytes"), Kind.THROUGHPUT),
                        new ChartCard.Choice<>(
                                "traffic-operations", Texts.of("disk.traffic.operations"), Kind.OPERATIONS),
                        new ChartCard.Choice<>("traffic-latency", Texts.of("disk.traffic.latency"), Kind.LATENCY)),
                Kind.THROUGHPUT,
                this::setTraffic);
    }

    private void setTraffic(Kind kind) {
        trafficChart.setCurves(
                kind.unit,
                switch (kind) {
                    case THROUGHPUT ->
                        List.of(
                                curve(
                                        "disk.chart.read",
                                        "curve-read",
                                        (past, step) ->
                                                past.perSecond(past.read().bytes(), step)),
                                curve(
                                        "disk.chart.written",
                                        "curve-write",
                                        (past, step) ->
                                                past.perSecond(past.write().bytes(), step)));
                    case OPERATIONS ->
                        List.of(
                                curve(
                                        "disk.chart.reads",
                                        "curve-read",
                                        (past, step) ->
                                                past.perSecond(past.read().operations(), step)),
                                curve(
                                        "disk.chart.writes",
                                        "curve-write",
                                        (past, step) ->
                                                past.perSecond(past.write().operations(), step)));
                    case LATENCY ->
                        List.of(
                                curve(
                                        "disk.chart.read-p50",
                                        "curve-read-light",
                                        (past, step) -> past.read().p50Nanos().get(step)),
                                curve(
                                        "disk.chart.write-p50",
                                        "curve-write-light",
                                        (past, step) -> past.write().p50Nanos().get(step)),
                                curve(
                                        "disk.chart.read-p99",
                                        "curve-read",
                                        (past, step) -> past.read().p99Nanos().get(step)),
                                curve(
                                        "disk.chart.write-p99",
                                        "curve-write",
                                        (past, step) -> past.write().p99Nanos().get(step)));
                });
    }

    private static Curve curve(String key, String styleClass, Curve.Value value) {
        return new Curve(Texts.of(key), styleClass, false, value);
    }

    private void show(@Nullable VolumeHistory past) {
        DiskInfo disk = info.get();
        Long limit = disk == null ? null : disk.ramLimitBytes();
        Duration span = model.spanProperty().get();
        memoryChart.show(past, span, limit == null ? VolumeHistory.UNKNOWN : limit);
        trafficChart.show(past, span, VolumeHistory.UNKNOWN);
    }
}
