// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import java.util.ArrayList;
import java.util.List;

/** Text in aligned columns, two spaces apart. */
final class Table {
    private static final String GAP = "  ";

    private final boolean[] rightAligned;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param alignment one letter a column: {@code l} or {@code r} */
    Table(String alignment) {
        rightAligned = new boolean[alignment.length()];
        for (int i = 0; i < rightAligned.length; i++) {
            rightAligned[i] = alignment.charAt(i) == 'r';
        }
    }

    Table row(String... cells) {
        if (cells.length != rightAligned.length) {
            throw new IllegalArgumentException(cells.length + " cells for " + rightAligned.length + " columns");
        }
        rows.add(List.of(cells));
        return this;
    }

    /** The rows, without spaces at their ends. */
    List<String> lines() {
        int[] widths = new int[rightAligned.length];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = row.get(i);
            String padding = " ".repeat(widths[i] - cell.length());
            line.append(i == 0 ? "" : GAP);
            line.append(rightAligned[i] ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }
}
