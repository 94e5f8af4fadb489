// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BarsTest {
    @Test
    void drawsToAnEighthOfACharacter() {
        assertThat(Bars.bar(100, 100, 4)).isEqualTo("████");
        assertThat(Bars.bar(50, 100, 3)).isEqualTo("█▌");
        assertThat(Bars.bar(31, 32, 4)).isEqualTo("███▉");
    }

    @Test
    void nothingIsEmptyAndLittleIsNotNothing() {
        assertThat(Bars.bar(0, 100, 4)).isEmpty();
        assertThat(Bars.bar(0, 0, 4)).isEmpty();
        assertThat(Bars.bar(1, Long.MAX_VALUE, 4)).isEqualTo("▏");
    }
}
