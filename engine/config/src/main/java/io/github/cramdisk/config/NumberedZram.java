// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.volume.ZramSpec;
import java.util.ArrayList;
import java.util.List;

/** A zram volume and the number of its device, because configuration names devices by number. */
record NumberedZram(int number, ConfigVolume.Zram volume) {
    /** The zram volumes among {@code volumes}, with the lowest numbers that are not taken. */
    static List<NumberedZram> of(List<ConfigVolume> volumes, RenderContext context) {
        List<NumberedZram> numbered = new ArrayList<>();
        int next = 0;
        for (ConfigVolume volume : volumes) {
            if (volume instanceof ConfigVolume.Zram zram) {
                while (context.takenZram().contains(next)) {
                    next++;
                }
                numbered.add(new NumberedZram(next++, zram));
            }
        }
        return numbered;
    }

    ZramSpec spec() {
        return volume.spec();
    }

    /** {@code zram3}. */
    String name() {
        return "zram" + number;
    }

    /** {@code /dev/zram3}. */
    String device() {
        return "/dev/" + name();
    }
}
