// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

/** Which sizes a hand can pick: powers of two as steps, as wide as a hand can hit, narrow ones for fine work. */
public final class SizeSnap {
    private static final double COARSE_PIXELS = 7;
    private static final double FINE_PIXELS = 1;
    private static final long SMALLEST_STEP = 1 << 20;

    private SizeSnap() {}

    /** The step for a picture in which a pixel is {@code bytesPerPixel}: 1 MiB or more. */
    public static long step(double bytesPerPixel, boolean fine) {
        double wanted = bytesPerPixel * (fine ? FINE_PIXELS : COARSE_PIXELS);
        long step = SMALLEST_STEP;
        while (step < wanted) {
            step <<= 1;
        }
        return step;
    }

    /** The multiple of {@code step} nearest to {@code bytes}, within {@code [step, max]}. */
    public static long snap(double bytes, long step, long max) {
        long multiple = Math.max(1, Math.round(bytes / step)) * step;
        return multiple <= max ? multiple : Math.max(step, max / step * step);
    }
}
