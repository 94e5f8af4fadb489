// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.insight.CodecReport;
import io.github.cramdisk.api.insight.CodecReport.Trial;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses which of the codecs that were tried are shown, and puts them into words. */
final class CodecBars {
    private static final int SMALL = 4 << 10;
    private static final int LARGE = 64 << 10;
    private static final int STRONG = 9;

    private CodecBars() {}

    /**
     * One codec.
     *
     * @param cost what it would cost, as a share of the dearest
     */
    record Bar(String name, double ratio, double cost, String speed, boolean current, String spoken) {}

    /** The one that is set, and from fast and dear to slow and cheap. */
    static List<Bar> of(CodecReport report) {
        List<Trial> shown =
                report.trials().stream().filter(CodecBars::isTelling).toList();
        double dearest = shown.stream().mapToDouble(Trial::ratio).min().orElse(1);
        List<Bar> bars = new ArrayList<>();
        for (Trial trial : shown) {
            String name = Texts.of(
                    trial.current() ? "disk.codecs.name-now" : "disk.codecs.name",
                    words(trial.codec()),
                    Sizes.formatShort(trial.blockBytes()));
            String speed = Texts.of("disk.codecs.speed", Math.round(trial.megabytesPerSecond()));
            String ratio = Sizes.formatRatio(trial.ratio(), 2);
            bars.add(new Bar(
                    name,
                    trial.ratio(),
                    dearest / trial.ratio(),
                    speed,
                    trial.current(),
                    String.join(", ", name, ratio, speed)));
        }
        return List.copyOf(bars);
    }

    private static boolean isTelling(Trial trial) {
        if (trial.current()) {
            return true;
        }
        CodecSpec codec = trial.codec();
        boolean usual = codec.equals(CodecSpec.LZ4) || codec.equals(CodecSpec.zstd(CodecSpec.DEFAULT_ZSTD_LEVEL));
        return trial.blockBytes() == SMALL
                ? codec.equals(CodecSpec.LZ4)
                : trial.blockBytes() == LARGE && (usual || codec.equals(CodecSpec.zstd(STRONG)));
    }

    private static String words(CodecSpec codec) {
        return codec.toString().replace(':', ' ');
    }

    /** How old it is, or why there is none. */
    static String line(@Nullable CodecReport report) {
        if (report == null) {
            return Texts.of("disk.codecs.asking");
        }
        boolean known = !report.trials().isEmpty();
        return switch (report.state()) {
            case SAMPLING -> known ? sampled(report) : Texts.of("disk.codecs.sampling");
            case READY -> sampled(report);
            case EMPTY -> Texts.of("disk.codecs.empty");
            case ON_BATTERY -> known ? sampled(report) : Texts.of("disk.codecs.battery");
        };
    }

    private static String sampled(CodecReport report) {
        return Texts.of("disk.codecs.sampled", Sizes.formatShort(report.sampledBytes()), report.ageSeconds());
    }
}
