// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;

/**
 * When the engine does the upkeep of a zram device by itself.
 *
 * @param everyMinutes 1 to 10,080 (a week): also how long a page must not have been used to count as idle
 * @param onBattery also while the machine runs on its battery
 */
public record ZramSchedule(int everyMinutes, ZramUpkeep upkeep, boolean onBattery) {
    public static final int MOST_MINUTES = 7 * 24 * 60;

    /** @throws CramdiskException {@link ErrorKind#INVALID_ZRAM_OPTION} */
    public ZramSchedule {
        if (everyMinutes < 1 || everyMinutes > MOST_MINUTES) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ZRAM_OPTION,
                    "upkeep every " + everyMinutes + " minutes",
                    "Use 1 minute to 7 days.");
        }
        if (upkeep == null) {
            throw new CramdiskException(ErrorKind.INVALID_ZRAM_OPTION, "schedule", "It does not say what to do.");
        }
    }
}
