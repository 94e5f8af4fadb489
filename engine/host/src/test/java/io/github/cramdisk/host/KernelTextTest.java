// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelTextTest {
    @Test
    void undoesOctalEscapesOfUtf8() {
        assertThat(KernelText.unescaped("a\\040b\\134c\\303\\274")).isEqualTo("a b\\cü");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "end\\", "end\\04", "\\089", "\\x41", "\\777", "ünï\\q"})
    void leavesWhatIsNoEscapeAsItIs(String text) {
        assertThat(KernelText.unescaped(text)).isEqualTo(text);
    }

    @Test
    void findsTheChosenWord() {
        assertThat(KernelText.chosen("always [within_size] never")).contains("within_size");
        assertThat(KernelText.chosen("always never")).isEmpty();
        assertThat(KernelText.choices("[lzo-rle] lzo lz4")).containsExactly("lzo-rle", "lzo", "lz4");
    }
}
