// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "4096, 4096",
        "4k, 4096",
        "4K, 4096",
        "4KB, 4096",
        "4KiB, 4096",
        "512M, 536870912",
        "1.5G, 1610612736",
        "2 GiB, 2147483648",
        "16T, 17592186044416",
        "1P, 1125899906842624",
        "100 B, 100",
        "0.5K, 512",
    })
    void readsBinaryUnits(String text, long bytes) {
        assertThat(ByteSize.parse(text).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "-1", "G", "1X", "1..5G", "1,5G", "0x10", "1 000", "1.0001", "9000P", "1e3", "infinity"
            })
    void refusesWhatIsNoSize(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text))
                .isInstanceOfSatisfying(
                        CramdiskException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_SIZE));
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1024, 1.0 KiB", "1048575, 1.0 MiB", "1610612736, 1.5 GiB"})
    void formatsForPeople(long bytes, String text) {
        assertThat(new ByteSize(bytes).format()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1000, 1024, 4096, 1536, 3L << 30, 16L << 40, Long.MAX_VALUE})
    void readsBackItsExactForm(long bytes) {
        ByteSize size = new ByteSize(bytes);
        assertThat(ByteSize.parse(size.formatExact())).isEqualTo(size);
    }

    @Test
    void refusesNegativeNumbers() {
        assertThatThrownBy(() -> new ByteSize(-1)).isInstanceOf(CramdiskException.class);
    }
}
