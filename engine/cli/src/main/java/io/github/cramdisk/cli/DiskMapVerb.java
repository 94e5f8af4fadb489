// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.insight.DiskMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "map",
        description = {
            "Show which addresses of a disk are used and how well they compress there.",
            "Each character is a cell of equal length."
        })
final class DiskMapVerb extends DiskVerb {
    private static final int COLUMNS = 64;
    private static final int DEFAULT_CELLS = 16 * COLUMNS;
    private static final int PERCENT = 100;
    private static final char EMPTY = '.';
    private static final char FREE = '0';
    private static final char RAW = '#';

    @Option(names = "--offset", paramLabel = "SIZE", description = "Where to begin. Default: 0.")
    private ByteSize offset = new ByteSize(0);

    @Option(names = "--length", paramLabel = "SIZE", description = "How much to show. Default: up to the end.")
    private ByteSize length = new ByteSize(0);

    @Option(names = "--cells", paramLabel = "NUMBER", description = "How many cells, 1 to 8192. Default: 1024.")
    private int cells = DEFAULT_CELLS;

    DiskMapVerb(Cli cli) {
        super(cli);
    }

    @Override
    int run(Engine engine) {
        DiskMap map = engine.insight().diskMap(new DiskMap.Query(name(), offset.bytes(), length.bytes(), cells));
        if (json()) {
            terminal().printJson(map);
            return ExitCode.DONE;
        }
        Table table = new Table("rl");
        for (int first = 0; first < map.cells(); first += COLUMNS) {
            StringBuilder line = new StringBuilder();
            for (int cell = first; cell < Math.min(map.cells(), first + COLUMNS); cell++) {
                line.append(symbol(map, cell));
            }
            table.row(new ByteSize(map.cellOffset(first)).format(), line.toString());
        }
        table.lines().forEach(terminal()::print);
        terminal().print("");
        terminal()
                .print("A cell is " + new ByteSize(map.cellBytes()).format() + ": " + EMPTY + " empty, " + FREE
                        + " only zeroes, 4 compressed to a quarter or less, 3, 2, 1 to a third, a half, less than"
                        + " that, " + RAW + " stored as it is."
                        + (map.sampled() ? " The index is large; numbers are estimates." : ""));
        long squeezed = map.squeezedBlocks().sum();
        if (squeezed > 0) {
            terminal()
                    .print("Squeezed: " + PERCENT * squeezed / map.usedBlocks().sum() + " % of what is in use.");
        }
        return ExitCode.DONE;
    }

    private static char symbol(DiskMap map, int cell) {
        long used = map.usedBlocks().get(cell);
        if (used == 0) {
            return EMPTY;
        }
        if (map.freeBlocks().get(cell) == used) {
            return FREE;
        }
        if (map.rawBlocks().get(cell) * 2 > used) {
            return RAW;
        }
        return (char) ('0' + (int) Math.max(1, Math.min(4, map.ratio(cell))));
    }
}
