// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.api.insight.DiskMap;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;
import java.util.ArrayList;
import java.util.List;

/** A map in words: below its title, of one cell, and for who does not see it. */
final class MapWords {
    private MapWords() {}

    /** {@code 4.0 GiB of addresses, 2 MiB a cell; …}. */
    static String about(DiskMap map) {
        String cell = Sizes.formatShort(map.cellBytes());
        if (map.lengthBytes() == map.sizeBytes()) {
            return Texts.of(
                    map.sampled() ? "disk.map.about.sampled" : "disk.map.about",
                    Sizes.formatShort(map.sizeBytes()),
                    cell);
        }
        return Texts.of(
                "disk.map.about.part",
                Sizes.formatShort(map.offsetBytes()),
                Sizes.formatShort(map.offsetBytes() + map.lengthBytes()),
                cell);
    }

    /** {@code 1.25 GiB: 100 % in use, 2.4× · 12 % zeroes}. */
    static String cell(DiskMap map, int cell) {
        String where = Sizes.format(map.cellOffset(cell));
        long used = map.usedBlocks().get(cell);
        if (used == 0) {
            return Texts.of("disk.map.cell.empty", where);
        }
        long end = Math.min(map.cellOffset(cell) + map.cellBytes(), map.offsetBytes() + map.lengthBytes());
        long all = Math.max(1, (end - map.cellOffset(cell)) / map.blockBytes());
        List<String> parts = new ArrayList<>();
        parts.add(Texts.of("disk.map.cell.used", where, DiskModel.percent(Math.min(1, (double) used / all))));
        long free = map.freeBlocks().get(cell);
        if (free < used) {
            parts.add(Sizes.formatRatio(map.ratio(cell), 2));
        }
        if (free > 0) {
            parts.add(Texts.of("disk.map.cell.free", DiskModel.percent((double) free / used)));
        }
        long raw = map.rawBlocks().get(cell);
        if (raw > 0) {
            parts.add(Texts.of("disk.map.cell.raw", DiskModel.percent((double) raw / used)));
        }
        long squeezed = map.squeezedBlocks().get(cell);
        if (squeezed > 0) {
            parts.add(Texts.of("disk.map.cell.squeezed", DiskModel.percent((double) squeezed / used)));
        }
        return String.join(" · ", parts);
    }

    /** For the screen reader: how much is in use and how well it compresses. */
    static String summary(DiskMap map) {
        long used = map.usedBlocks().sum();
        long blocks = Math.max(1, map.lengthBytes() / map.blockBytes());
        if (used == 0) {
            return Texts.of("disk.map.summary.empty", Sizes.format(map.lengthBytes()));
        }
        long stored = map.storedBytes().sum();
        double ratio = stored == 0 ? 0 : (double) used * map.blockBytes() / stored;
        return Texts.of(
                "disk.map.summary",
                Sizes.format(map.lengthBytes()),
                DiskModel.percent(Math.min(1, (double) used / blocks)),
                ratio == 0 ? Texts.of("disk.next-to-nothing") : Sizes.formatRatio(ratio, 2),
                DiskModel.percent((double) map.freeBlocks().sum() / used),
                DiskModel.percent((double) map.rawBlocks().sum() / used),
                DiskModel.percent((double) map.squeezedBlocks().sum() / used));
    }
}
