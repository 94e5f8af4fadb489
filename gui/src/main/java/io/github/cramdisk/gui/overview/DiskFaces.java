// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.overview;

import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.engine.DiskHistory;
import java.util.ArrayList;
import java.util.List;

/** How a disk looks on its card. */
public final class DiskFaces {
    private static final double NEAR_LIMIT = 0.9;
    private static final long SPARK_MILLIS = 60_000;
    private static final int SPARK_SPANS = 30;

    private DiskFaces() {}

    static CardFace of(DiskInfo info, DiskHistory history) {
        Long limit = info.ramLimitBytes();
        double cost = CardFace.share(info.residentBytes(), limit != null ? limit : info.sizeBytes());
        boolean empty = info.logicalBytes() == 0;
        List<Double> writes = new ArrayList<>();
        for (double bytes : history.growth(DiskHistory.Series.WRITTEN, SPARK_MILLIS, SPARK_SPANS)) {
            writes.add(bytes);
        }
        return new CardFace(
                info.name(),
                Texts.of("common.kind.disk"),
                inShort(info),
                chip(info) + ", " + users(info),
                Texts.of("common.you-get", Sizes.format(info.sizeBytes())),
                empty ? Texts.of("common.empty") : Texts.of("common.used", Sizes.format(info.logicalBytes())),
                CardFace.share(info.logicalBytes(), info.sizeBytes()),
                Texts.of("common.it-costs", Sizes.format(info.residentBytes())),
                limit != null ? Texts.of("common.limit", Sizes.format(limit)) : Texts.of("common.no-limit"),
                cost,
                limit != null && cost >= NEAR_LIMIT,
                empty,
                empty ? "–" : Sizes.formatRatio(info.ratio(), 1),
                empty ? Texts.of("common.nothing-stored") : ratioNote(info),
                Texts.of("overview.written"),
                false,
                List.copyOf(writes));
    }

    private static String ratioNote(DiskInfo info) {
        return Texts.of(
                info.codec().algorithm() == CodecSpec.Algorithm.NONE
                        ? "overview.uncompressed"
                        : "overview.all-included");
    }

    /** Such as {@code lz4, 4 KiB · 1 client}. */
    private static String inShort(DiskInfo info) {
        String users = info.readOnly() && info.clients() == 0
                ? Texts.of("overview.read-only-short")
                : Texts.of("overview.clients-short", info.clients());
        return Texts.of("overview.codec-short", codec(info), Sizes.formatShort(info.blockSizeBytes())) + " · " + users;
    }

    /** How a disk compresses, in a few words. */
    public static String chip(DiskInfo info) {
        return Texts.of("overview.chip", codec(info), Sizes.formatShort(info.blockSizeBytes()));
    }

    private static String codec(DiskInfo info) {
        return switch (info.codec().algorithm()) {
            case LZ4 -> Texts.of("overview.codec.lz4");
            case ZSTD -> Texts.of("overview.codec.zstd", info.codec().level());
            case NONE -> Texts.of("overview.codec.none");
        };
    }

    /** Who uses it, such as {@code 1 client connected} or {@code read-only, not in use}. */
    private static String users(DiskInfo info) {
        String users = Texts.of("overview.clients", info.clients());
        return info.readOnly() ? Texts.of("overview.read-only", users) : users;
    }
}
