// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.DiskSpec;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DefinitionFormatTest {
    static Stream<DiskSpec> specs() {
        return Stream.of(
                DiskSpec.of("plain", ByteSize.ofGibi(2)),
                new DiskSpec(
                        "all.of-it_1",
                        new ByteSize(4096L * 1234567),
                        CodecSpec.zstd(19),
                        ByteSize.ofKibi(64),
                        ByteSize.ofMebi(512),
                        true),
                new DiskSpec(
                        "raw", DiskSpec.MAX_SIZE, CodecSpec.NONE, ByteSize.ofKibi(8), new ByteSize(8388609), false));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void readsWhatItWrites(DiskSpec spec) throws DefinitionException {
        assertThat(DefinitionFormat.parse(spec.name(), DefinitionFormat.render(spec)))
                .isEqualTo(spec);
    }

    @Test
    void fillsInDefaultsAndTakesNumbersForSizes() throws DefinitionException {
        assertThat(DefinitionFormat.parse("d", "size = 1048576")).isEqualTo(DiskSpec.of("d", ByteSize.ofMebi(1)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    size = "1G"; ram-limt = "8M"  | "ram-limt" is not known
                    size = "1G"; size = "2G"      | line 2
                    size = "1G                    | line
                    codec = "lz4"                 | "size" is missing
                    size = "1 GB of it"           | not a size
                    size = 1.5                    | in quotes
                    size = -4096                  | not a size
                    size = "1G"; codec = "gzip"   | not a codec
                    size = "1G"; codec = 3        | in quotes
                    size = "1000"                 | cannot have the size
                    size = "1G"; block-size="5K"  | blocks of 5K
                    size = "1G"; ram-limit = "1M" | too small
                    size = "1G"; read-only = 1    | true or false
                    [size]                        | in quotes
                    """)
    void saysWhatIsWrong(String toml, String expected) {
        assertThatThrownBy(() -> DefinitionFormat.parse("d", toml.replace("; ", "\n")))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining(expected);
    }
}
