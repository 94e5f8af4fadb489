// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

/** From time and amount to pixels of the plot, and back. */
record ChartScale(long begin, long end, double top, double left, double up, double width, double height) {
    double x(long time) {
        return left + width * Math.max(0, (double) (time - begin) / Math.max(1, end - begin));
    }

    double y(double value) {
        return up + height - height * Math.min(1, value / top);
    }

    long time(double x) {
        return begin + Math.round((x - left) / width * (end - begin));
    }
}
