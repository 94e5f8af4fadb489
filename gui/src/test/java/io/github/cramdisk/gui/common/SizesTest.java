// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.ByteSize;
import org.junit.jupiter.api.Test;

final class SizesTest {
    @Test
    void writesSizesWithoutFlickeringDecimals() {
        assertThat(Sizes.format(1610612736)).isEqualTo("1.5 GiB");
        assertThat(Sizes.format(640L << 20)).isEqualTo("640 MiB");
        assertThat(Sizes.format(512)).isEqualTo("512 B");
        assertThat(Sizes.format(-1)).isEqualTo("0 B");
        assertThat(Sizes.formatShort(4096)).isEqualTo("4 KiB");
    }

    @Test
    void writesTypedSizesThatReadBackTheSame() {
        for (long mebibytes : new long[] {1, 256, 1024, 1280, 2816, 3000, 16384}) {
            ByteSize size = ByteSize.ofMebi(mebibytes);
            assertThat(Sizes.parse(Sizes.formatTyped(size))).isEqualTo(size);
        }
        assertThat(Sizes.formatTyped(ByteSize.ofMebi(2816))).isEqualTo("2.75G");
        assertThat(Sizes.formatTyped(ByteSize.ofGibi(10))).isEqualTo("10G");
    }

    @Test
    void readsSizesAsPeopleTypeThem() {
        assertThat(Sizes.parse("4")).isEqualTo(ByteSize.ofGibi(4));
        assertThat(Sizes.parse("1,5 g")).isEqualTo(ByteSize.ofMebi(1536));
        assertThat(Sizes.parse("8192")).isEqualTo(new ByteSize(8192));
    }

    @Test
    void estimatesAreRanges() {
        assertThat(new CostEstimate(1717986918, 2362232012L, 3L << 30, false).formatRange())
                .isEqualTo("1.6–2.2 GiB");
        assertThat(new CostEstimate(800L << 20, 1288490188, 2L << 30, false).formatRange())
                .isEqualTo("800 MiB – 1.2 GiB");
        assertThat(new CostEstimate(1L << 30, 1L << 30, 1L << 30, false).formatRange())
                .isEqualTo("1.0 GiB");
    }
}
