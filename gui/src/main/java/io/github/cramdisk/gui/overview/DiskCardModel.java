// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.overview;

import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskStats;
import io.github.cramdisk.gui.common.Sizes;
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
                "You get " + Sizes.format(info.sizeBytes()),
                empty ? "empty" : Sizes.format(info.logicalBytes()) + " used",
                share(info.logicalBytes(), info.sizeBytes()),
                "It costs " + Sizes.format(info.residentBytes()),
                limit != null ? "limit " + Sizes.format(limit) : "no limit",
                cost,
                limit != null && cost >= NEAR_LIMIT,
                empty ? "–" : Sizes.formatRatio(info.ratio(), 1),
                empty ? "nothing stored yet" : ratioNote(info),
                List.copyOf(writes));
    }

    private static String ratioNote(DiskInfo info) {
        return info.codec().algorithm() == CodecSpec.Algorithm.NONE ? "uncompressed" : "all included";
    }

    /** How a disk compresses, in a few words. */
    public static String chip(DiskInfo info) {
        String codec = switch (info.codec().algorithm()) {
            case LZ4 -> "lz4";
            case ZSTD -> "zstd " + info.codec().level();
            case NONE -> "raw";
        };
        return codec + " · " + Sizes.formatShort(info.blockSizeBytes()) + " blocks";
    }

    /** Who uses it, such as {@code 1 client connected} or {@code read-only, not in use}. */
    private static String users(DiskInfo info) {
        String users = switch (info.clients()) {
            case 0 -> "not in use";
            case 1 -> "1 client connected";
            default -> info.clients() + " clients connected";
        };
        return info.readOnly() ? "read-only, " + users : users;
    }

    private static double share(long part, long whole) {
        return whole <= 0 ? 0 : Math.max(0, Math.min(1, (double) part / whole));
    }
}
