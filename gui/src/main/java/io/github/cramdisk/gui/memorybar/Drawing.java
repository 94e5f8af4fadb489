// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.memorybar;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.gui.common.SizeSnap;
import java.util.OptionalLong;

/**
 * A new disk being drawn out in the free part of the bar, by pointer, arrow keys or typing. Plain arithmetic in pixels
 * and bytes: it knows no node and is tested without a window.
 */
final class Drawing {
    /** A press that moves less than this is a click, not a disk. */
    static final double CLICK_PIXELS = 4;

    /** The size the arrow keys begin with, where so much is free. */
    private static final long FIRST_BYTES = 1L << 30;

    private double freeStart;
    private double keysStart;
    private double freeEnd;
    private double bytesPerPixel;
    private long freeBytes;

    private double anchor = Double.NaN;
    private boolean moved;
    private boolean leftwards;
    private double pressedAt;
    private long bytes;
    private final TypedSize typed = new TypedSize();

    /**
     * Where one can draw now; the machine's memory changes while somebody draws.
     *
     * @param newKeysStart where a volume drawn by keys begins
     */
    void place(
            double newFreeStart, double newKeysStart, double newFreeEnd, double newBytesPerPixel, long newFreeBytes) {
        freeStart = newFreeStart;
        keysStart = newKeysStart;
        freeEnd = newFreeEnd;
        bytesPerPixel = newBytesPerPixel;
        freeBytes = newFreeBytes;
    }

    boolean isInFreePart(double x) {
        return bytesPerPixel > 0 && x >= freeStart && x <= freeEnd;
    }

    /** Begins at {@code x}; false outside the free part. */
    boolean press(double x) {
        cancel();
        if (!isInFreePart(x)) {
            return false;
        }
        anchor = x;
        pressedAt = x;
        return true;
    }

    void dragTo(double x, boolean fine) {
        if (Double.isNaN(anchor) || !typed.isEmpty()) {
            return;
        }
        moved |= Math.abs(x - pressedAt) >= CLICK_PIXELS;
        if (!moved) {
            return;
        }
        leftwards = x < anchor;
        double reach = Math.max(freeStart, Math.min(freeEnd, x));
        bytes = SizeSnap.snap(Math.abs(reach - anchor) * bytesPerPixel, step(fine), roomBytes());
    }

    /** Arrow keys: one step more ({@code 1}) or less ({@code -1}); begins where nothing is drawn yet. */
    void step(int direction, boolean fine) {
        typed.clear();
        long step = step(fine);
        if (!isActive()) {
            anchor = keysStart;
            leftwards = false;
            moved = true;
            bytes = SizeSnap.snap((double) FIRST_BYTES, step, freeBytes);
            return;
        }
        // Onto the grid of the step first, so that a coarse step after fine ones lands on a round size.
        long onGrid = direction > 0 ? bytes / step * step : (bytes + step - 1) / step * step;
        bytes = SizeSnap.snap((double) onGrid + direction * step, step, Math.max(freeBytes, step));
    }

    void toSmallest(boolean fine) {
        step(1, fine);
        bytes = step(fine);
    }

    void toLargest(boolean fine) {
        step(1, fine);
        bytes = SizeSnap.snap((double) freeBytes, step(fine), freeBytes);
    }

    /** A character of a typed size; false where it belongs in none. */
    boolean type(String character) {
        if (!typed.type(character)) {
            return false;
        }
        showTyped();
        return true;
    }

    void backspace() {
        typed.backspace();
        if (typed.isEmpty()) {
            cancel();
        } else {
            showTyped();
        }
    }

    private void showTyped() {
        anchor = keysStart;
        leftwards = false;
        moved = true;
        ByteSize size = new ByteSize(typed.bytes());
        boolean possible = size.compareTo(DiskSpec.MIN_SIZE) >= 0
                && size.compareTo(DiskSpec.MAX_SIZE) <= 0
                && size.bytes() % DiskSpec.SIZE_STEP.bytes() == 0;
        bytes = possible ? size.bytes() : 0;
    }

    void cancel() {
        anchor = Double.NaN;
        moved = false;
        bytes = 0;
        typed.clear();
    }

    /** Ends the drawing: the size drawn, empty where it was a click or is no size. */
    OptionalLong finish() {
        OptionalLong result = isActive() && bytes > 0 ? OptionalLong.of(bytes) : OptionalLong.empty();
        cancel();
        return result;
    }

    /** Whether something is drawn (a bare press is nothing yet). */
    boolean isActive() {
        return !Double.isNaN(anchor) && moved;
    }

    /** Size drawn; 0 while what is typed is no size of a disk. */
    long bytes() {
        return bytes;
    }

    /** What was typed; empty while the size comes from pointer or arrows. */
    String typed() {
        return typed.text();
    }

    double left() {
        return leftwards ? Math.max(freeStart, anchor - width()) : clampedAnchor();
    }

    double right() {
        return leftwards ? clampedAnchor() : Math.min(freeEnd, anchor + width());
    }

    private double clampedAnchor() {
        return Math.max(freeStart, Math.min(freeEnd, anchor));
    }

    private double width() {
        return bytesPerPixel > 0 ? bytes / bytesPerPixel : 0;
    }

    /** Bytes between the anchor and the end of the free part towards which the hand moves. */
    private long roomBytes() {
        return (long) ((leftwards ? anchor - freeStart : freeEnd - anchor) * bytesPerPixel);
    }

    private long step(boolean fine) {
        return SizeSnap.step(bytesPerPixel, fine);
    }
}
