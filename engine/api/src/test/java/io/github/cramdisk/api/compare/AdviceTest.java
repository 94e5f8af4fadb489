// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.CodecSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdviceTest {
    private static final long GIBI = 1L << 30;

    @Test
    void whatHardlyCompressesStaysPlain() {
        assertThat(Advice.of(rivals(95, 95, 94), GIBI, 2 * GIBI))
                .isEqualTo(new Advice(0, Advice.Reason.HARDLY_COMPRESSES));
    }

    @Test
    void whereMemoryIsPlentyPlainFilesWithSwapAreFastest() {
        assertThat(Advice.of(rivals(60, 42, 41), GIBI, 4 * GIBI))
                .isEqualTo(new Advice(1, Advice.Reason.PLENTY_OF_MEMORY));
    }

    @Test
    void theFastCodecIsChosenWhereItIsNearlyTheSmallestAtRest() {
        assertThat(Advice.of(rivals(60, 44, 41), GIBI, 2 * GIBI)).isEqualTo(new Advice(2, Advice.Reason.SAVES_MEMORY));
    }

    @Test
    void elseTheSmallestIs() {
        assertThat(Advice.of(rivals(60, 55, 41), GIBI, 2 * GIBI)).isEqualTo(new Advice(3, Advice.Reason.SAVES_MEMORY));
    }

    private static List<Rival> rivals(long fast, long fastRested, long strong) {
        return List.of(
                rival(Rival.Kind.TMPFS, null, 100, 100),
                rival(Rival.Kind.TMPFS_WITH_SWAP, null, 100, fast),
                rival(Rival.Kind.DISK, CodecSpec.LZ4, fast, fastRested),
                rival(Rival.Kind.DISK, CodecSpec.zstd(3), strong, strong));
    }

    private static Rival rival(Rival.Kind kind, @Nullable CodecSpec codec, long memory, long rested) {
        return new Rival(kind, codec, 4096, memory, rested, 1, 1, 1, 1);
    }
}
