// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.compare;

import io.github.cramdisk.api.ComparisonSentences;
import io.github.cramdisk.api.compare.Comparison;
import io.github.cramdisk.api.compare.Rival;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A comparison as bars: for each kind of storage a row, for each property a bar as long as its share of the longest. */
final class RivalBars {
    private RivalBars() {}

    /** What is compared. */
    enum Measure {
        MEMORY,
        WRITE,
        READ,
        RANDOM_READS,
        RANDOM_WRITES;

        /** Its name, with the unit. */
        String title() {
            return Texts.of("compare.measure." + name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }

        double of(Rival rival) {
            return switch (this) {
                case MEMORY -> rival.memoryBytes();
                case WRITE -> rival.writeMegabytesPerSecond();
                case READ -> rival.readMegabytesPerSecond();
                case RANDOM_READS -> rival.randomReadsPerSecond();
                case RANDOM_WRITES -> rival.randomWritesPerSecond();
            };
        }

        String text(Rival rival) {
            return this == MEMORY ? Sizes.format(rival.memoryBytes()) : Texts.of("compare.number", of(rival));
        }
    }

    /**
     * One bar.
     *
     * @param share its length, 0 to 1
     * @param rested the length that is left when the files were left alone for a while; the same as {@code share} where
     *     that changes nothing
     */
    record Bar(Measure measure, String text, double share, double rested, String spoken) {}

    /**
     * One kind of storage.
     *
     * @param best whether it is the one recommended
     */
    record Row(String name, boolean best, List<Bar> bars) {}

    static List<Row> of(Comparison comparison) {
        List<Rival> rivals = comparison.rivals();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < rivals.size(); i++) {
            Rival rival = rivals.get(i);
            String name = ComparisonSentences.name(Texts.language(), rival);
            List<Bar> bars = new ArrayList<>();
            for (Measure measure : Measure.values()) {
                double longest = rivals.stream().mapToDouble(measure::of).max().orElse(0);
                bars.add(bar(name, measure, rival, longest));
            }
            rows.add(new Row(name, i == comparison.advice().rival(), List.copyOf(bars)));
        }
        return List.copyOf(rows);
    }

    private static Bar bar(String name, Measure measure, Rival rival, double longest) {
        double share = longest <= 0 ? 0 : measure.of(rival) / longest;
        boolean rests = measure == Measure.MEMORY && rival.restedMemoryBytes() < rival.memoryBytes();
        double rested = rests ? rival.restedMemoryBytes() / longest : share;
        String value = rests
                ? Texts.of("compare.rested", measure.text(rival), Sizes.format(rival.restedMemoryBytes()))
                : measure.text(rival);
        return new Bar(
                measure,
                measure.text(rival),
                share,
                rested,
                Texts.of("compare.accessible", name, measure.title(), value));
    }
}
