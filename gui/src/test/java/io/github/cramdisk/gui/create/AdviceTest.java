// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.create;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.gui.FakeEngine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When another kind serves better, and what one gains. */
final class AdviceTest {
    private final FakeEngine engine = new FakeEngine();

    private Advice advice(Purpose purpose) {
        return Advice.of(purpose, engine.snapshot()).orElseThrow();
    }

    private void addSwap() {
        engine.volumes()
                .add(new VolumeInfo(
                        VolumeKind.ZRAM,
                        null,
                        null,
                        "/dev/zram0",
                        ByteSize.ofGibi(8).bytes(),
                        0,
                        false,
                        0,
                        0L,
                        false,
                        null,
                        List.of("algorithm=zstd", "swap", "priority=100"),
                        List.of()));
    }

    @Test
    void scratchSpaceIsBestBesideCompressedSwap() {
        assertThat(advice(Purpose.SCRATCH).instead()).isEqualTo(Purpose.SWAP);
        addSwap();
        assertThat(advice(Purpose.SCRATCH).instead()).isEqualTo(Purpose.DISK);
    }

    @Test
    void aDiskIsNotForFilesThatComeAndGo() {
        assertThat(advice(Purpose.DISK).instead()).isEqualTo(Purpose.SCRATCH);
    }

    @Test
    void aSecondCompressedSwapHelpsLittle() {
        assertThat(advice(Purpose.SWAP).instead()).isEqualTo(Purpose.DISK);
        addSwap();
        assertThat(advice(Purpose.SWAP).text()).contains("/dev/zram0, 8.0 GiB");
        assertThat(advice(Purpose.SWAP).instead()).isNull();
    }

    @Test
    void expertsGetNoAdvice() {
        assertThat(Advice.of(Purpose.EXPERT, engine.snapshot())).isEmpty();
    }

    @Test
    void theGainOfADiskFollowsTheFilesOfThisMachine() {
        assertThat(Gains.of(Purpose.DISK, engine.snapshot()))
                .isEqualTo("Here: 12 GiB of files in about 6.0–9.0 GiB of memory.");
        engine.add(DiskSpec.of("d", ByteSize.ofGibi(4)))
                .holding(ByteSize.ofGibi(1).bytes(), 3.36);
        assertThat(Gains.of(Purpose.DISK, engine.snapshot()))
                .isEqualTo("Here: 12 GiB of files in about 3.0–4.5 GiB of memory.");
        assertThat(Gains.of(Purpose.SWAP, engine.snapshot())).contains("6 GiB");
    }

    @Test
    void withoutASnapshotTheGainIsTheUsualOne() {
        assertThat(Gains.of(Purpose.DISK, null)).isEqualTo("About twice the files in the same memory.");
    }
}
