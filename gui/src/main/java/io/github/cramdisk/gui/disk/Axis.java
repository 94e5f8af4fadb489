// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;

/** A vertical axis with round steps. */
record Axis(double step, double top) {
    private static final double KIBI = 1024;
    private static final double THOUSAND = 1000;

    /** What numbers on an axis are. */
    enum Unit {
        BYTES(256 * KIBI, true),
        BYTES_PER_SECOND(256 * KIBI, true),
        PER_SECOND(10, false),
        NANOS(1000, false);

        private final double leastStep;
        private final boolean binary;

        Unit(double leastStep, boolean binary) {
            this.leastStep = leastStep;
            this.binary = binary;
        }

        String format(double value) {
            if (value == 0) {
                return "0";
            }
            return switch (this) {
                case BYTES -> Sizes.formatShort(Math.round(value));
                case BYTES_PER_SECOND -> Sizes.formatShort(Math.round(value)) + "/s";
                case PER_SECOND ->
                    value >= THOUSAND ? Texts.of("disk.chart.thousand", brief(value / THOUSAND)) : brief(value);
                case NANOS -> time(value);
            };
        }
    }

    /** {@code 61 µs}, {@code 1.2 ms}. */
    static String time(double nanos) {
        double micros = nanos / THOUSAND;
        if (micros >= THOUSAND * THOUSAND) {
            return Texts.of("disk.seconds", brief(micros / THOUSAND / THOUSAND));
        }
        return micros >= THOUSAND
                ? Texts.of("disk.millis", brief(micros / THOUSAND))
                : Texts.of("disk.micros", brief(micros));
    }

    /** With a decimal only where it says something. */
    private static String brief(double value) {
        return Sizes.formatNumber(value, value < 10 && Math.abs(value - Math.rint(value)) > 0.05 ? 1 : 0);
    }

    /** The smallest round steps of which {@code rows} reach {@code highest}; no more empty rows than one. */
    static Axis upTo(double highest, int rows, Unit unit) {
        double step = unit.leastStep;
        for (int i = 0; step * rows < highest; i++) {
            // 1, 2, 4, 8… or 1, 2, 5, 10…
            step *= unit.binary ? 2 : i % 3 == 1 ? 2.5 : 2;
        }
        double used = Math.max(1, Math.ceil(highest / step));
        return new Axis(step, step * Math.max(2, Math.min(rows, used)));
    }
}
