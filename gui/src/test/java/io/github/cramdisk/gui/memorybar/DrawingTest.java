// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.memorybar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DrawingTest {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;
    /** 10 GiB free between pixels 600 and 1000 of a bar of 25 GiB. */
    private static final double BYTES_PER_PIXEL = (double) GIB / 40;

    private final Drawing drawing = new Drawing();

    @BeforeEach
    void place() {
        drawing.place(600, 600, 1000, BYTES_PER_PIXEL, 10 * GIB);
    }

    @Test
    void drawsWhatIsDraggedInTheFreePart() {
        assertThat(drawing.press(700)).isTrue();
        drawing.dragTo(780, false);
        assertThat(drawing.isActive()).isTrue();
        assertThat(drawing.bytes()).isEqualTo(2 * GIB);
        assertThat(drawing.left()).isEqualTo(700);
        assertThat(drawing.right()).isEqualTo(780);
        assertThat(drawing.finish()).hasValue(2 * GIB);
        assertThat(drawing.isActive()).isFalse();
    }

    @Test
    void drawsLeftwardsToo() {
        assertThat(drawing.press(900)).isTrue();
        drawing.dragTo(820, false);
        assertThat(drawing.bytes()).isEqualTo(2 * GIB);
        assertThat(drawing.left()).isEqualTo(820);
        assertThat(drawing.right()).isEqualTo(900);
    }

    @Test
    void ignoresAPressOutsideTheFreePart() {
        assertThat(drawing.press(599)).isFalse();
        drawing.dragTo(800, false);
        assertThat(drawing.isActive()).isFalse();
    }

    @Test
    void takesAClickForNoDisk() {
        assertThat(drawing.press(700)).isTrue();
        drawing.dragTo(702, false);
        assertThat(drawing.finish()).isEmpty();
    }

    @Test
    void stopsAtTheEdgesOfTheFreePart() {
        assertThat(drawing.press(960)).isTrue();
        drawing.dragTo(4000, false);
        assertThat(drawing.bytes()).isEqualTo(GIB);
        assertThat(drawing.right()).isLessThanOrEqualTo(1000);
    }

    @Test
    void snapsToRoundSizesAndFinelyWithShift() {
        assertThat(drawing.press(700)).isTrue();
        drawing.dragTo(733, false);
        assertThat(drawing.bytes() % (256 * MIB)).isZero();
        drawing.dragTo(733, true);
        assertThat(drawing.bytes() % (32 * MIB)).isZero();
        assertThat(drawing.bytes()).isBetween(33 * GIB / 40 - 16 * MIB, 33 * GIB / 40 + 16 * MIB);
    }

    @Test
    void arrowKeysBeginWithOneGibibyteAndStepOnARoundGrid() {
        drawing.step(1, false);
        assertThat(drawing.bytes()).isEqualTo(GIB);
        drawing.step(1, true);
        assertThat(drawing.bytes()).isEqualTo(GIB + 32 * MIB);
        drawing.step(1, false);
        assertThat(drawing.bytes()).isEqualTo(GIB + 256 * MIB);
        drawing.step(-1, false);
        assertThat(drawing.bytes()).isEqualTo(GIB);
    }

    @Test
    void arrowKeysStayWithinWhatIsFreeAndAboveNothing() {
        drawing.toLargest(false);
        drawing.step(1, false);
        assertThat(drawing.bytes()).isEqualTo(10 * GIB);
        drawing.toSmallest(false);
        drawing.step(-1, false);
        assertThat(drawing.bytes()).isEqualTo(256 * MIB);
    }

    private void type(String text) {
        text.chars()
                .forEach(character ->
                        assertThat(drawing.type(Character.toString(character))).isTrue());
    }

    @Test
    void readsATypedSize() {
        type("2.5g");
        assertThat(drawing.bytes()).isEqualTo(2 * GIB + 512 * MIB);
        drawing.backspace();
        drawing.backspace();
        assertThat(drawing.typed()).isEqualTo("2.");
        assertThat(drawing.bytes()).isZero();
        assertThat(drawing.type("x")).isFalse();
    }

    @Test
    void takesABareTypedNumberForGibibytes() {
        assertThat(drawing.type("3")).isTrue();
        assertThat(drawing.finish()).hasValue(3 * GIB);
    }

    @Test
    void aTypedSizeMayExceedWhatIsFreeBecauseDisksCompress() {
        type("16");
        assertThat(drawing.bytes()).isEqualTo(16 * GIB);
        assertThat(drawing.right()).isEqualTo(1000);
    }

    @Test
    void cancelForgetsEverything() {
        drawing.step(1, false);
        drawing.cancel();
        assertThat(drawing.isActive()).isFalse();
        assertThat(drawing.finish()).isEmpty();
    }
}
