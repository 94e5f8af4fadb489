// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.memorybar;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.DiskUpdate;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.gui.FakeEngine;
import io.github.cramdisk.gui.FakeVolumes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the edge of each kind of volume means. */
final class EdgeTest {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    private final FakeEngine engine = new FakeEngine();

    private static VolumeInfo zram(String... options) {
        return new VolumeInfo(
                VolumeKind.ZRAM,
                null,
                null,
                "/dev/zram1",
                4 * GIB,
                GIB,
                false,
                300 * MIB,
                0L,
                true,
                null,
                List.of(options),
                List.of());
    }

    @Test
    void ofADiskIsItsRamLimitWhichCanBeTakenAway() {
        engine.add(DiskSpec.of("d", ByteSize.ofGibi(4)).with(new DiskUpdate(null, ByteSize.ofGibi(2), false, null)))
                .holding(GIB, 2);
        Edge edge = Edge.of(engine.showDisk("d"), engine.memory());
        assertThat(edge.limitBytes()).isEqualTo(2 * GIB);
        assertThat(edge.leastBytes())
                .isBetween(
                        engine.showDisk("d").residentBytes(),
                        engine.showDisk("d").residentBytes() + MIB);
        assertThat(edge.mostBytes()).isEqualTo(24 * GIB);
        assertThat(edge.removable()).isTrue();
    }

    @Test
    void ofATmpfsIsItsSizeWhichCannotBeTakenAway() {
        Edge edge = Edge.of(FakeVolumes.tmpfs("/t", 2 * GIB, 700 * MIB, true), engine.memory());
        assertThat(edge)
                .extracting(Edge::limitBytes, Edge::leastBytes, Edge::removable)
                .containsExactly(2 * GIB, 700 * MIB, false);
    }

    @Test
    void ofAZramDeviceIsItsMemoryLimit() {
        assertThat(Edge.of(zram("algorithm=lz4"), engine.memory()))
                .extracting(Edge::limitBytes, Edge::leastBytes, Edge::removable)
                .containsExactly(0L, 300 * MIB, true);
        assertThat(Edge.of(zram("mem_limit=" + GIB), engine.memory()))
                .extracting(Edge::limitBytes)
                .isEqualTo(GIB);
    }

    @Test
    void whatTheKernelSetsNoLimitHasNone() {
        VolumeInfo unlimited = new VolumeInfo(
                VolumeKind.TMPFS, null, "/t", null, null, 0, false, 0, null, true, null, List.of(), List.of());
        VolumeInfo ramfs = new VolumeInfo(
                VolumeKind.RAMFS, null, "/r", null, null, 0, true, 0, 0L, true, null, List.of(), List.of());
        assertThat(Edge.of(unlimited, engine.memory())).isNull();
        assertThat(Edge.of(ramfs, engine.memory())).isNull();
    }
}
