// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

/**
 * How many cells of the map lie in a row, and how large each is: the largest squares with which all of them fit.
 *
 * @param pitch from one cell to the next, in whole pixels of the screen
 */
record HeatGrid(int columns, int rows, int pitch) {
    /** Cells smaller than this cannot be pointed at. */
    static final int LEAST_PITCH = 7;

    private static final int LARGEST_PITCH = 40;

    static HeatGrid of(int cells, int width, int height) {
        for (int pitch = LARGEST_PITCH; pitch > 1; pitch--) {
            int columns = Math.max(1, width / pitch);
            int rows = (cells + columns - 1) / columns;
            if (rows * pitch <= height) {
                return new HeatGrid(columns, rows, pitch);
            }
        }
        int columns = Math.max(1, width);
        return new HeatGrid(columns, (cells + columns - 1) / columns, 1);
    }

    /** The cell at a point of the picture; -1 where there is none. */
    int cellAt(double x, double y, int cells) {
        int column = (int) Math.floor(x / pitch);
        int row = (int) Math.floor(y / pitch);
        int cell = row * columns + column;
        return column < 0 || column >= columns || row < 0 || cell >= cells ? -1 : cell;
    }
}
