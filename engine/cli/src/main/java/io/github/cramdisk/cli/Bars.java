// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

/** Horizontal bars of block characters, drawn to an eighth of a character. */
final class Bars {
    private static final String EIGHTHS = "▏▎▍▌▋▊▉";
    private static final String FULL = "█";
    private static final int STEPS = 8;

    private Bars() {}

    /**
     * @param value 0 to {@code max}
     * @param width characters of the longest bar
     * @return empty for 0; at least the thinnest bar for anything more, so that nothing there looks like nothing
     */
    static String bar(long value, long max, int width) {
        if (value <= 0 || max <= 0) {
            return "";
        }
        int eighths = (int) Math.max(1, Math.round((double) value / max * width * STEPS));
        int rest = eighths % STEPS;
        return FULL.repeat(eighths / STEPS) + (rest == 0 ? "" : EIGHTHS.substring(rest - 1, rest));
    }
}
