// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskStats;
import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.api.insight.VolumeHistory;
import io.github.cramdisk.gui.attach.AttachmentModel;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.engine.DiskHistory;
import io.github.cramdisk.gui.engine.EngineLink;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ChangeListener;
import org.jspecify.annotations.Nullable;

/** View model of a disk's page. */
public final class DiskModel implements AutoCloseable {
    private static final long RATE_MILLIS = 2000;
    /** An older latency says nothing of now. */
    private static final long LATENCY_MILLIS = 60_000;

    private final String name;
    private final int colorIndex;
    private final EngineLink link;
    private final ReadOnlyObjectWrapper<@Nullable Face> face = new ReadOnlyObjectWrapper<>(this, "face");
    private final ReadOnlyStringWrapper notice = new ReadOnlyStringWrapper(this, "notice", "");
    private final ReadOnlyBooleanWrapper trimming = new ReadOnlyBooleanWrapper(this, "trimming");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper(this, "problem", "");
    private final InsightModel insight;
    private final WaitModel waiting;
    private final SqueezeModel squeeze;
    private final AttachmentModel attachment;
    private final Tasks tasks;

    private final ChangeListener<@Nullable Snapshot> listener = (property, before, now) -> show(now);

    /**
     * Everything the page shows apart from the history.
     *
     * @param bars stored sizes, ready to draw
     */
    public record Face(
            DiskInfo info,
            String ratio,
            String ratioNote,
            String get,
            String getNote,
            String costs,
            String costsNote,
            String throughput,
            String latency,
            String clients,
            List<BlockBars.Bar> bars,
            String blocks,
            List<Count> counts) {}

    /** A line of the table of blocks. */
    public record Count(String label, String number, String note) {}

    public DiskModel(String name, int colorIndex, EngineLink link, Tasks tasks) {
        this.name = name;
        this.colorIndex = colorIndex;
        this.link = link;
        this.tasks = tasks;
        this.insight = new InsightModel(name, true, link);
        this.waiting = new WaitModel(link);
        this.squeeze = new SqueezeModel(name, link, notice::set);
        this.attachment = new AttachmentModel(name, link, tasks);
        link.snapshotProperty().addListener(listener);
        show(link.snapshot());
    }

    public String name() {
        return name;
    }

    public int colorIndex() {
        return colorIndex;
    }

    /** Null before the disk is first seen; keeps the last state when the disk has gone. */
    public ReadOnlyObjectProperty<@Nullable Face> faceProperty() {
        return face.getReadOnlyProperty();
    }

    /** Past, map and codecs. */
    public InsightModel insight() {
        return insight;
    }

    /** Squeezing at once. */
    SqueezeModel squeeze() {
        return squeeze;
    }

    /** Where it is mounted. */
    AttachmentModel attachment() {
        return attachment;
    }

    /** Writes that wait for room. */
    WaitModel waiting() {
        return waiting;
    }

    /** Why the disk cannot be used; empty while it can. */
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    Tasks tasks() {
        return tasks;
    }

    /** What the latest action did; empty before any. */
    public ReadOnlyStringProperty noticeProperty() {
        return notice.getReadOnlyProperty();
    }

    void say(String text) {
        notice.set(text);
    }

    /** Whether memory is being given back. */
    public ReadOnlyBooleanProperty trimmingProperty() {
        return trimming.getReadOnlyProperty();
    }

    /** Gives memory that lies free inside the disk back to the machine. */
    public void trim() {
        if (trimming.get()) {
            return;
        }
        trimming.set(true);
        notice.set("");
        link.call(engine -> engine.trimDisk(name))
                .onSuccess(released -> {
                    trimming.set(false);
                    notice.set(
                            released.bytes() == 0
                                    ? Texts.of("disk.trim.nothing")
                                    : Texts.of("disk.trim.done", Sizes.format(released.bytes())));
                })
                .onFailure(error -> {
                    trimming.set(false);
                    notice.set(Texts.sentence(error));
                });
    }

    private DiskHistory history() {
        return link.histories().of(name);
    }

    /** Stops following the engine. */
    @Override
    public void close() {
        link.snapshotProperty().removeListener(listener);
        insight.close();
    }

    private void show(@Nullable Snapshot snapshot) {
        if (snapshot == null) {
            return;
        }
        for (DiskStats disk : snapshot.disks()) {
            if (disk.info().name().equals(name)) {
                face.set(faceOf(disk));
                waiting.show(disk.info(), snapshot.timeMillis());
                squeeze.show(snapshot);
                attachment.show(disk.info(), snapshot);
                String reason = disk.info().problem();
                problem.set(reason == null ? "" : reason);
            }
        }
    }

    private Face faceOf(DiskStats disk) {
        DiskInfo info = disk.info();
        boolean empty = info.logicalBytes() == 0;
        Long limit = info.ramLimitBytes();
        double read = history().rate(DiskHistory.Series.READ, RATE_MILLIS);
        double written = history().rate(DiskHistory.Series.WRITTEN, RATE_MILLIS);
        DiskStats.BlockCounts blocks = disk.blocks();
        long stored = blocks.total();
        return new Face(
                info,
                empty ? "–" : Sizes.formatRatio(info.ratio(), 2),
                empty ? Texts.of("common.nothing-stored") : codecRatio(info),
                Sizes.format(info.sizeBytes()),
                empty ? Texts.of("common.empty") : Texts.of("common.used", Sizes.format(info.logicalBytes())),
                Sizes.format(info.residentBytes()),
                limit == null ? Texts.of("common.no-limit") : Texts.of("common.limit", Sizes.format(limit)),
                rates(read, written),
                latency(),
                clients(info.clients()),
                BlockBars.of(disk),
                Texts.of("disk.blocks-in-use", stored),
                List.of(
                        count(Texts.of("disk.count.compressed"), blocks.compressed(), stored, ""),
                        count(
                                Texts.of("disk.count.squeezed"),
                                blocks.squeezed(),
                                stored,
                                Texts.of("disk.count.squeezed.note")),
                        count(Texts.of("disk.count.raw"), blocks.raw(), stored, Texts.of("disk.count.raw.note")),
                        count(Texts.of("disk.count.zero"), blocks.zero(), stored, Texts.of("disk.count.free")),
                        count(Texts.of("disk.count.same"), blocks.sameFilled(), stored, Texts.of("disk.count.free"))));
    }

    /** {@code p99 38 · 61 µs} of the latest second in which something was asked for. */
    private String latency() {
        VolumeHistory past = insight.historyProperty().get();
        long read = past == null ? 0 : latest(past, past.read());
        long write = past == null ? 0 : latest(past, past.write());
        if (read == 0 && write == 0) {
            return Texts.of("disk.latency.none");
        }
        return Texts.of("disk.latency", timeOrNone(read), timeOrNone(write));
    }

    private static String timeOrNone(long nanos) {
        return nanos == 0 ? "–" : Axis.time((double) nanos);
    }

    private static long latest(VolumeHistory past, VolumeHistory.Traffic traffic) {
        for (int step = traffic.p99Nanos().size() - 1; step >= 0; step--) {
            if (past.endMillis() - past.timeMillis(step) > LATENCY_MILLIS) {
                return 0;
            }
            if (traffic.p99Nanos().get(step) > 0) {
                return traffic.p99Nanos().get(step);
            }
        }
        return 0;
    }

    private static String codecRatio(DiskInfo info) {
        if (info.otherCodecBytes() > 0) {
            return Texts.of("disk.other-codec", Sizes.format(info.otherCodecBytes()));
        }
        double packed = info.storedBytes() == 0 ? 0 : (double) info.logicalBytes() / info.storedBytes();
        return packed == 0
                ? Texts.of("disk.next-to-nothing")
                : Texts.of("disk.codec-alone", Sizes.formatRatio(packed, 2));
    }

    /** {@code 412 · 96 MiB/s}: both in the larger one's unit, so that they can be compared. */
    static String rates(double read, double written) {
        String[] larger = Sizes.formatRate(Math.max(read, written)).split(" ", 2);
        double unit = unitOf(larger[1]);
        return number(read / unit) + " · " + number(written / unit) + " " + larger[1];
    }

    private static double unitOf(String suffix) {
        return switch (suffix.charAt(0)) {
            case 'K' -> 1L << 10;
            case 'M' -> 1L << 20;
            case 'G' -> 1L << 30;
            case 'T' -> 1L << 40;
            default -> 1;
        };
    }

    private static String number(double value) {
        return Sizes.formatNumber(value, value == 0 || value >= 10 ? 0 : 1);
    }

    static String clients(int clients) {
        return Texts.of("disk.clients", clients);
    }

    private static Count count(String label, long count, long all, String note) {
        String share = all == 0 ? "" : percent((double) count / all);
        return new Count(
                label, Texts.of("disk.number", count), count == 0 || note.isEmpty() ? share : share + ", " + note);
    }

    static String percent(double share) {
        double percent = share * 100;
        return Sizes.formatNumber(percent, percent > 0 && percent < 10 ? 1 : 0) + " %";
    }
}
