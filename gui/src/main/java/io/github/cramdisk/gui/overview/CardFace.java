// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.overview;

import java.util.List;

/**
 * All texts and shares that the card of a volume shows.
 *
 * @param chip what it is, in plain words
 * @param details how it is made and who uses it, as short as can be
 * @param detailsInFull the same for the tooltip
 * @param used share of the size that is in use, 0 to 1
 * @param cost share of the limit (without one: of the size) that is taken, 0 to 1
 * @param nearLimit whether the limit is nearly reached
 * @param sparkNote what the line of the last minute is about
 * @param level whether that line tells a level, which is filled, and not a rate
 * @param spark the last minute, oldest first
 */
record CardFace(
        String title,
        String chip,
        String details,
        String detailsInFull,
        String get,
        String usedText,
        double used,
        String costs,
        String limitText,
        double cost,
        boolean nearLimit,
        boolean empty,
        String ratio,
        String ratioNote,
        String sparkNote,
        boolean level,
        List<Double> spark) {
    static double share(long part, long whole) {
        return whole <= 0 ? 0 : Math.max(0, Math.min(1, (double) part / whole));
    }
}
