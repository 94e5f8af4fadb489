// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.memorybar;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where each part lies in a bar of some width. Parts are as wide as their share, but none that exists is thinner than
 * can be seen and pointed at; the widest one, mostly the free part or the applications, gives what that takes.
 */
final class BarGeometry {
    static final double THINNEST = 3;
    /** Of a volume, whose edge is there to be grabbed. */
    static final double THINNEST_VOLUME = 12;

    private final double[] starts;
    private final double[] widths;
    private final double bytesPerPixel;

    private BarGeometry(double[] starts, double[] widths, double bytesPerPixel) {
        this.starts = starts;
        this.widths = widths;
        this.bytesPerPixel = bytesPerPixel;
    }

    /** Left edge of a part, in pixels. */
    double start(int part) {
        return starts[part];
    }

    /** Width of a part in pixels; 0 for an empty one. */
    double width(int part) {
        return widths[part];
    }

    /** Scale of the bar; 0 while nothing is known. */
    double bytesPerPixel() {
        return bytesPerPixel;
    }

    /** Whether every part lies where it does in {@code other}. */
    boolean isSameAs(@Nullable BarGeometry other) {
        return other != null && Arrays.equals(starts, other.starts) && Arrays.equals(widths, other.widths);
    }

    private static double least(MemoryPart part) {
        if (part.kind() == MemoryPart.Kind.VOLUME) {
            return THINNEST_VOLUME;
        }
        return part.bytes() > 0 ? THINNEST : 0;
    }

    static BarGeometry of(List<MemoryPart> parts, long totalBytes, double width) {
        int count = parts.size();
        double[] starts = new double[count];
        double[] widths = new double[count];
        if (totalBytes <= 0 || width <= 0) {
            return new BarGeometry(starts, widths, 0);
        }
        double added = 0;
        int widest = 0;
        for (int i = 0; i < count; i++) {
            double share = width * parts.get(i).bytes() / totalBytes;
            widths[i] = least(parts.get(i)) == 0 ? 0 : Math.max(least(parts.get(i)), share);
            added += widths[i];
            if (widths[i] > widths[widest]) {
                widest = i;
            }
        }
        if (count > 0) {
            widths[widest] = Math.max(0, widths[widest] - (added - width));
        }
        double x = 0;
        for (int i = 0; i < count; i++) {
            // Whole pixels keep the edges sharp.
            starts[i] = Math.round(x);
            x += widths[i];
            widths[i] = Math.round(x) - starts[i];
        }
        return new BarGeometry(starts, widths, totalBytes / width);
    }
}
