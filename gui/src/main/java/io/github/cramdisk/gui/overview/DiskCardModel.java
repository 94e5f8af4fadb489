// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.overview;

import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskStats;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.engine.DiskHistory;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** View model of one disk's card. */
public final class DiskCardModel {
    /** Spans of the sparkline and the time they cover together. */
    static final int SPARK_SPANS = 30;

    static final long SPARK_MILLIS = 60_000;

    /** Near its limit a disk is shown in a warning colour, from this share on. */
    private static final double NEAR_LIMIT = 0.9;

    private final String name;
    private final int colorIndex;
    private final ReadOnlyObjectWrapper<Face> face;

    /**
     * Everything the card shows.
     *
     * @param used share of the logical size in use, 0 to 1
     * @param cost share of the RAM limit held, or where there is none, of the logical size
     * @param writes bytes written in each span of the last minute
     */
    public record Face(
            DiskInfo info,
            String chip,
            String users,
            String get,
            String usedText,
            double used,
            String costs,
            String limitText,
            double cost,
            boolean nearLimit,
            String ratio,
            String ratioNote,
            List<Double> writes) {}

    DiskCardModel(DiskStats stats, DiskHistory history, int colorIndex) {
        this.name = stats.info().name();
        this.colorIndex = colorIndex;
        this.face = new ReadOnlyObjectWrapper<>(this, "face", faceOf(stats, history));
    }

    void update(DiskStats stats, DiskHistory history) {
        face.set(faceOf(stats, history));
    }

    public String name() {
        return name;
    }

    public int colorIndex() {
        return colorIndex;
    }

    public ReadOnlyObjectProperty<Face> faceProperty() {
        return face.getReadOnlyProperty();
    }

    public Face face() {
        return face.get();
    }

    private static Face faceOf(DiskStats stats, DiskHistory history) {
        DiskInfo info = stats.info();
        Long limit = info.ramLimitBytes();
        double cost = share(info.residentBytes(), limit != null ? limit : info.sizeBytes());
        boolean empty = info.logicalBytes() == 0;
        List<Double> writes = new ArrayList<>();
        for (double bytes : history.growth(DiskHistory.Series.WRITTEN, SPARK_MILLIS, SPARK_SPANS)) {
            writes.add(bytes);
        }
        return new Face(
                info,
                chip(info),
                users(info),
                Texts.of("common.you-get", Sizes.format(info.sizeBytes())),
                empty ? Texts.of("common.empty") : Texts.of("common.used", Sizes.format(info.logicalBytes())),
                share(info.logicalBytes(), info.sizeBytes()),
                Texts.of("common.it-costs", Sizes.format(info.residentBytes())),
                limit != null ? Texts.of("common.limit", Sizes.format(limit)) : Texts.of("common.no-limit"),
                cost,
                limit != null && cost >= NEAR_LIMIT,
                empty ? "–" : Sizes.formatRatio(info.ratio(), 1),
                empty ? Texts.of("common.nothing-stored") : ratioNote(info),
                List.copyOf(writes));
    }

    private static String ratioNote(DiskInfo info) {
        return Texts.of(
                info.codec().algorithm() == CodecSpec.Algorithm.NONE
                        ? "overview.uncompressed"
                        : "overview.all-included");
    }

    /** How a disk compresses, in a few words. */
    public static String chip(DiskInfo info) {
        String codec = switch (info.codec().algorithm()) {
            case LZ4 -> Texts.of("overview.codec.lz4");
            case ZSTD -> Texts.of("overview.codec.zstd", info.codec().level());
            case NONE -> Texts.of("overview.codec.none");
        };
        return Texts.of("overview.chip", codec, Sizes.formatShort(info.blockSizeBytes()));
    }

    /** Who uses it, such as {@code 1 client connected} or {@code read-only, not in use}. */
    private static String users(DiskInfo info) {
        String users = Texts.of("overview.clients", info.clients());
        return info.readOnly() ? Texts.of("overview.read-only", users) : users;
    }

    private static double share(long part, long whole) {
        return whole <= 0 ? 0 : Math.max(0, Math.min(1, (double) part / whole));
    }
}
