// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizeLimitTest {
    private static final long RAM = (16L << 30) + 4096;

    @ParameterizedTest
    @CsvSource({
        "2G, 2147483648, 2G",
        "1.5G, 1610612736, 1536M",
        "4096, 4096, 4K",
        "1001, 1001, 1001",
        "512 MiB, 536870912, 512M",
        "50%, 8589936640, 50%",
        "1/4, 4294968320, 1/4",
        "2/3, 11453248853, 2/3",
        "150%, 25769809920, 150%",
        "unlimited, 0, unlimited",
        "Unlimited, 0, unlimited",
    })
    void becomesWholeBytesForTheKernel(String text, long bytes, String written) {
        SizeLimit limit = SizeLimit.parse(text);
        assertThat(limit.kernelBytes(RAM)).isEqualTo(bytes);
        assertThat(limit).hasToString(written);
        assertThat(SizeLimit.parse(written)).isEqualTo(limit);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "-1",
                "0%",
                "1/0",
                "0/4",
                "%",
                "50 % of it",
                "1,5G",
                "1.3",
                "1G,suid",
                "none",
                "99999999%",
                "9Z"
            })
    void refusesWhatIsNoLimit(String text) {
        assertThatThrownBy(() -> SizeLimit.parse(text))
                .isInstanceOfSatisfying(
                        CramdiskException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_SIZE_LIMIT));
    }
}
