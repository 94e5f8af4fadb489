// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.memorybar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ResizingTest {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;
    /** A bar of 25 GiB, 1000 pixels wide. */
    private static final double BYTES_PER_PIXEL = (double) GIB / 40;

    private final Resizing resizing = new Resizing();

    /** Limited to 2 GiB, holds 700 MiB, on a machine of 24 GiB. */
    private static MemoryPart limited(boolean removable) {
        return part(2 * GIB, removable);
    }

    private static MemoryPart part(long limit, boolean removable) {
        return new MemoryPart(
                MemoryPart.Kind.VOLUME,
                "v",
                "v",
                "",
                700 * MIB,
                0,
                new Edge(limit, 700 * MIB, "it holds that", 24 * GIB, "all there is", removable, ""));
    }

    private void press(MemoryPart part) {
        assertThat(resizing.press(part, 500, BYTES_PER_PIXEL)).isTrue();
    }

    @Test
    void addsToTheLimitWhatTheEdgeIsDragged() {
        press(limited(false));
        assertThat(resizing.isActive()).isFalse();
        resizing.dragTo(540, false);
        assertThat(resizing.bytes()).isEqualTo(3 * GIB);
        resizing.dragTo(480, false);
        assertThat(resizing.bytes()).isEqualTo(GIB + GIB / 2);
        assertThat(resizing.finish()).hasValue(new Resizing.Moved("v", GIB + GIB / 2, 2 * GIB));
    }

    @Test
    void aClickMovesNothing() {
        press(limited(false));
        resizing.dragTo(502, false);
        assertThat(resizing.finish()).isEmpty();
    }

    @Test
    void backWhereItWasIsNoChange() {
        press(limited(false));
        resizing.dragTo(540, false);
        resizing.dragTo(500, false);
        assertThat(resizing.finish()).isEmpty();
    }

    @Test
    void stopsAtWhatItHoldsAndAtWhatTheMachineHas() {
        press(limited(false));
        resizing.dragTo(0, false);
        assertThat(resizing.bytes()).isEqualTo(700 * MIB);
        resizing.dragTo(4000, false);
        assertThat(resizing.bytes()).isEqualTo(24 * GIB);
    }

    @Test
    void draggedBeyondTheEndHasNoLimitWhereThatCanBe() {
        press(limited(true));
        resizing.dragTo(4000, false);
        assertThat(resizing.bytes()).isZero();
        assertThat(resizing.finish()).hasValue(new Resizing.Moved("v", 0, 2 * GIB));
    }

    @Test
    void withoutALimitBeginsAtWhatItTakes() {
        press(part(0, true));
        resizing.dragTo(540, true);
        assertThat(resizing.bytes()).isBetween(GIB + 650 * MIB, GIB + 750 * MIB);
    }

    @Test
    void arrowKeysStepOnARoundGridUpToNoLimitAndBack() {
        press(limited(true));
        resizing.step(1, false);
        assertThat(resizing.bytes()).isEqualTo(2 * GIB + 256 * MIB);
        resizing.step(1, true);
        assertThat(resizing.bytes()).isEqualTo(2 * GIB + 288 * MIB);
        resizing.step(-1, false);
        assertThat(resizing.bytes()).isEqualTo(2 * GIB + 256 * MIB);
        resizing.toLeast();
        assertThat(resizing.bytes()).isEqualTo(700 * MIB);
        resizing.toMost();
        assertThat(resizing.bytes()).isZero();
        resizing.step(-1, false);
        assertThat(resizing.bytes()).isEqualTo(24 * GIB);
        resizing.step(1, false);
        assertThat(resizing.bytes()).isZero();
    }

    @Test
    void aTypedSizeMustBePossible() {
        press(limited(false));
        "1.5g"
                .chars()
                .forEach(character ->
                        assertThat(resizing.type(Character.toString(character))).isTrue());
        assertThat(resizing.isPossible()).isTrue();
        assertThat(resizing.finish()).hasValue(new Resizing.Moved("v", GIB + GIB / 2, 2 * GIB));
        press(limited(true));
        "500m"
                .chars()
                .forEach(character ->
                        assertThat(resizing.type(Character.toString(character))).isTrue());
        assertThat(resizing.isPossible()).isFalse();
        assertThat(resizing.finish()).isEmpty();
    }

    @Test
    void whatIsNoSizeYetIsNotTakenForNoLimit() {
        press(limited(true));
        assertThat(resizing.type("1")).isTrue();
        assertThat(resizing.type(".")).isTrue();
        assertThat(resizing.bytes()).isZero();
        assertThat(resizing.isPossible()).isFalse();
        resizing.backspace();
        resizing.backspace();
        assertThat(resizing.isActive()).isFalse();
    }

    @Test
    void cancelForgetsEverything() {
        press(limited(false));
        resizing.dragTo(600, false);
        resizing.cancel();
        assertThat(resizing.isActive()).isFalse();
        assertThat(resizing.finish()).isEmpty();
    }

    @Test
    void whatHasNoEdgeCannotBeHeld() {
        MemoryPart ramfs = new MemoryPart(MemoryPart.Kind.VOLUME, "r", "r", "", 0, 0, null);
        assertThat(resizing.press(ramfs, 5, BYTES_PER_PIXEL)).isFalse();
    }
}
