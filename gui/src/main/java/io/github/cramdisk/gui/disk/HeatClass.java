// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.api.insight.DiskMap;

/** How a cell of the map is coloured: the less it compresses, the stronger; raw has a signal colour of its own. */
enum HeatClass {
    EMPTY("empty"),
    FREE("free"),
    QUARTER("quarter"),
    HALF("half"),
    TWO_THIRDS("two-thirds"),
    LITTLE("little"),
    RAW("raw"),
    /** A mark on cells of the others: most of what they hold was squeezed. */
    SQUEEZED("squeezed");

    private static final double FOUR = 4;
    private static final double TWO = 2;
    private static final double ONE_AND_A_HALF = 1.5;

    private final String key;

    HeatClass(String key) {
        this.key = key;
    }

    /** Ends its text's key and its style class. */
    String key() {
        return key;
    }

    /** Whether a cell is marked. */
    static boolean isSqueezed(DiskMap map, int cell) {
        long held = map.usedBlocks().get(cell) - map.freeBlocks().get(cell);
        return held > 0 && map.squeezedBlocks().get(cell) * 2 > held;
    }

    static HeatClass of(DiskMap map, int cell) {
        long used = map.usedBlocks().get(cell);
        if (used == 0) {
            return EMPTY;
        }
        long free = map.freeBlocks().get(cell);
        if (free == used) {
            return FREE;
        }
        if (map.rawBlocks().get(cell) * 2 > used - free) {
            return RAW;
        }
        double ratio = map.ratio(cell);
        if (ratio >= FOUR) {
            return QUARTER;
        }
        if (ratio >= TWO) {
            return HALF;
        }
        return ratio >= ONE_AND_A_HALF ? TWO_THIRDS : LITTLE;
    }
}
