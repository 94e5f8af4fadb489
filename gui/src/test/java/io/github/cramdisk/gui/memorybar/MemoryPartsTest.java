// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.memorybar;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.gui.FakeEngine;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MemoryPartsTest {
    private static final long MIB = 1L << 20;

    @Test
    void partsAddUpToTheMachine() {
        FakeEngine engine = FakeEngine.withThreeDisks();
        for (int i = 0; i < 50; i++) {
            engine.tick();
            MemoryParts parts = MemoryParts.of(engine.snapshot(), 140 * MIB, name -> 0);
            assertThat(parts.parts().stream().mapToLong(MemoryPart::bytes).sum())
                    .isEqualTo(engine.memory().totalBytes());
        }
    }

    @Test
    void volumesOfEveryKindAreTakenFromWhereTheKernelCountsThem() {
        FakeEngine engine = FakeEngine.withThreeDisks();
        engine.volumes().addSome();
        long total = engine.memory().totalBytes();
        MemoryParts parts = MemoryParts.of(engine.snapshot(), 140 * MIB, name -> 0);
        assertThat(parts.parts().stream().mapToLong(MemoryPart::bytes).sum()).isEqualTo(total);
        assertThat(parts.parts())
                .filteredOn(part -> part.kind() == MemoryPart.Kind.VOLUME)
                .extracting(MemoryPart::label)
                .containsExactly("builds", "photos-cache", "vm-scratch", "build", "zram");
        // The memory of zram is nowhere in meminfo: it was among the applications.
        assertThat(bytes(parts, MemoryPart.Kind.APPLICATIONS))
                .isEqualTo(engine.memory().applicationsBytes() - 198 * MIB - 600 * MIB - 260 * MIB);
        assertThat(bytes(parts, MemoryPart.Kind.FOREIGN)).isEqualTo(260 * MIB);
    }

    @Test
    void aTmpfsThatIsPartlySwappedOutTakesNoMoreThanSharedMemoryHolds() {
        FakeEngine engine = new FakeEngine();
        engine.volumes().add(io.github.cramdisk.gui.FakeVolumes.tmpfs("/mnt/big", 8192 * MIB, 8000 * MIB, true));
        MemoryParts parts = MemoryParts.of(engine.snapshot(), 0, name -> 0);
        assertThat(bytes(parts, MemoryPart.Kind.VOLUME))
                .isEqualTo(engine.memory().sharedBytes());
        assertThat(bytes(parts, MemoryPart.Kind.SHARED)).isZero();
        assertThat(bytes(parts, MemoryPart.Kind.FREE)).isEqualTo(engine.memory().freeBytes());
    }

    @Test
    void countsEngineAndWindowApartFromApplications() {
        FakeEngine engine = FakeEngine.withThreeDisks();
        MemoryParts parts = MemoryParts.of(engine.snapshot(), 140 * MIB, name -> 0);
        assertThat(bytes(parts, MemoryPart.Kind.CRAMDISK)).isEqualTo(198 * MIB);
        assertThat(bytes(parts, MemoryPart.Kind.APPLICATIONS))
                .isEqualTo(engine.memory().applicationsBytes() - 198 * MIB);
    }

    @Test
    void showsEachDiskWithItsOwnColour() {
        MemoryParts parts = MemoryParts.of(FakeEngine.withThreeDisks().snapshot(), 0, name -> name.length());
        assertThat(parts.parts())
                .filteredOn(part -> part.kind() == MemoryPart.Kind.VOLUME)
                .extracting(MemoryPart::label, MemoryPart::colorIndex)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("builds", 6),
                        org.assertj.core.groups.Tuple.tuple("photos-cache", 12),
                        org.assertj.core.groups.Tuple.tuple("vm-scratch", 10));
    }

    @Test
    void everyPartThatExistsIsWideEnoughToSeeAndTheBarIsExactlyFull() {
        List<MemoryPart> parts = List.of(
                part(MemoryPart.Kind.APPLICATIONS, 9_000_000),
                part(MemoryPart.Kind.VOLUME, 1),
                part(MemoryPart.Kind.VOLUME, 0),
                part(MemoryPart.Kind.FREE, 999_999));
        BarGeometry geometry = BarGeometry.of(parts, 10_000_000, 500);
        assertThat(geometry.width(1)).isEqualTo(BarGeometry.THINNEST_VOLUME);
        assertThat(geometry.width(2)).isEqualTo(BarGeometry.THINNEST_VOLUME);
        assertThat(geometry.start(3) + geometry.width(3)).isEqualTo(500);
    }

    private static MemoryPart part(MemoryPart.Kind kind, long bytes) {
        return new MemoryPart(kind, "", "part", "", bytes, -1, null);
    }

    private static long bytes(MemoryParts parts, MemoryPart.Kind kind) {
        return parts.parts().stream()
                .filter(part -> part.kind() == kind)
                .mapToLong(MemoryPart::bytes)
                .sum();
    }
}
