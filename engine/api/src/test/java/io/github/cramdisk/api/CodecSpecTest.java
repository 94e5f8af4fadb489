// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodecSpecTest {
    @ParameterizedTest
    @ValueSource(strings = {"lz4", "none", "zstd:1", "zstd:3", "zstd:19"})
    void readsBackItsOwnText(String text) {
        assertThat(CodecSpec.parse(text)).hasToString(text);
    }

    @Test
    void zstdWithoutLevelHasTheDefaultLevel() {
        assertThat(CodecSpec.parse(" ZSTD ")).isEqualTo(CodecSpec.zstd(CodecSpec.DEFAULT_ZSTD_LEVEL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "gzip",
                "zstd:",
                "zstd:0",
                "zstd:20",
                "zstd:-1",
                "zstd:x",
                "lz4:3",
                "none:0",
                "zstd:99999999999"
            })
    void refusesWhatIsNoCodec(String text) {
        assertThatThrownBy(() -> CodecSpec.parse(text))
                .isInstanceOfSatisfying(
                        CramdiskException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_CODEC));
    }

    @Test
    void onlyZstdHasLevels() {
        assertThatThrownBy(() -> new CodecSpec(CodecSpec.Algorithm.LZ4, 3)).isInstanceOf(CramdiskException.class);
    }
}
