// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.memorybar;

import io.github.cramdisk.gui.common.SizeSnap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The edge of a volume being moved, by pointer, arrow keys or typing. Plain arithmetic in pixels and bytes: it knows no
 * node and is tested without a window.
 */
final class Resizing {
    private @Nullable MemoryPart part;
    private @Nullable Edge edge;
    private double bytesPerPixel;
    private double pressedAt;
    private boolean moved;
    private long bytes;
    private final TypedSize typed = new TypedSize();

    /**
     * Where an edge was left.
     *
     * @param key of the volume
     * @param bytes the new limit; 0: none
     * @param before the limit it had; 0: none
     */
    record Moved(String key, long bytes, long before) {}

    /** Takes hold of the edge of {@code newPart} at {@code x}; false where it has none. */
    boolean press(MemoryPart newPart, double x, double newBytesPerPixel) {
        cancel();
        if (newPart.edge() == null || newBytesPerPixel <= 0) {
            return false;
        }
        part = newPart;
        edge = newPart.edge();
        bytesPerPixel = newBytesPerPixel;
        pressedAt = x;
        bytes = newPart.edge().limitBytes();
        return true;
    }

    void dragTo(double x, boolean fine) {
        MemoryPart held = part;
        Edge limits = edge;
        if (held == null || limits == null || !typed.isEmpty()) {
            return;
        }
        moved |= Math.abs(x - pressedAt) >= Drawing.CLICK_PIXELS;
        if (!moved) {
            return;
        }
        double wanted = start(held, limits) + (x - pressedAt) * bytesPerPixel;
        long step = step(fine);
        bytes = limits.removable() && wanted > limits.mostBytes() + 2.0 * step
                ? 0
                : within(SizeSnap.snap(wanted, step, Long.MAX_VALUE), limits);
    }

    /** Arrow keys: one step more ({@code 1}) or less ({@code -1}). Beyond the largest is no limit, where that can be. */
    void step(int direction, boolean fine) {
        MemoryPart held = part;
        Edge limits = edge;
        if (held == null || limits == null) {
            return;
        }
        typed.clear();
        boolean first = !moved;
        moved = true;
        long step = step(fine);
        if (bytes == 0 && !first) {
            bytes = direction < 0 ? limits.mostBytes() : 0;
            return;
        }
        if (direction > 0 && bytes == limits.mostBytes() && limits.removable()) {
            bytes = 0;
            return;
        }
        long from = (long) start(held, limits);
        long now = first ? from : bytes;
        // Onto the grid of the step first, so that a coarse step after fine ones lands on a round size.
        long onGrid = direction > 0 ? now / step * step : (now + step - 1) / step * step;
        bytes = within(onGrid + direction * step, limits);
    }

    void toLeast() {
        move(edge == null ? 0 : edge.leastBytes());
    }

    /** No limit where that can be, else the most. */
    void toMost() {
        move(edge == null || edge.removable() ? 0 : edge.mostBytes());
    }

    private void move(long to) {
        if (part != null) {
            typed.clear();
            moved = true;
            bytes = to;
        }
    }

    /** A character of a typed size; false where it belongs in none. */
    boolean type(String character) {
        if (part == null || !typed.type(character)) {
            return false;
        }
        moved = true;
        bytes = typed.bytes();
        return true;
    }

    void backspace() {
        typed.backspace();
        if (typed.isEmpty()) {
            cancel();
        } else {
            bytes = typed.bytes();
        }
    }

    void cancel() {
        part = null;
        edge = null;
        moved = false;
        bytes = 0;
        typed.clear();
    }

    /** Lets go; empty where nothing was moved or what was typed cannot be. */
    Optional<Moved> finish() {
        Optional<Moved> result = Optional.empty();
        if (part != null && edge != null && isPossible() && bytes != edge.limitBytes()) {
            result = Optional.of(new Moved(part.key(), bytes, edge.limitBytes()));
        }
        cancel();
        return result;
    }

    /** Whether an edge is held and has been moved. */
    boolean isActive() {
        return part != null && moved;
    }

    @Nullable
    MemoryPart part() {
        return part;
    }

    /** The limit it would get; 0: none, or no size while it is typed. */
    long bytes() {
        return bytes;
    }

    /** What was typed; empty while the size comes from pointer or arrows. */
    String typed() {
        return typed.text();
    }

    /** Whether it could be let go here. */
    boolean isPossible() {
        Edge limits = edge;
        if (limits == null || !moved) {
            return false;
        }
        if (typed.isEmpty()) {
            return bytes > 0 || limits.removable();
        }
        return bytes >= limits.leastBytes() && bytes <= limits.mostBytes();
    }

    private static double start(MemoryPart held, Edge limits) {
        return limits.limitBytes() > 0 ? limits.limitBytes() : Math.max(held.bytes(), limits.leastBytes());
    }

    private static long within(long wanted, Edge limits) {
        return Math.max(limits.leastBytes(), Math.min(limits.mostBytes(), wanted));
    }

    private long step(boolean fine) {
        return SizeSnap.step(bytesPerPixel, fine);
    }
}
