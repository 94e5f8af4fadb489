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
                .filteredOn(part -> part.kind() == MemoryPart.Kind.DISK)
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
                part(MemoryPart.Kind.DISK, 1),
                part(MemoryPart.Kind.DISK, 0),
                part(MemoryPart.Kind.FREE, 999_999));
        BarGeometry geometry = BarGeometry.of(parts, 10_000_000, 500);
        assertThat(geometry.width(1)).isEqualTo(BarGeometry.THINNEST);
        assertThat(geometry.width(2)).isZero();
        assertThat(geometry.start(3) + geometry.width(3)).isEqualTo(500);
    }

    private static MemoryPart part(MemoryPart.Kind kind, long bytes) {
        return new MemoryPart(kind, "part", "", bytes, -1);
    }

    private static long bytes(MemoryParts parts, MemoryPart.Kind kind) {
        return parts.parts().stream()
                .filter(part -> part.kind() == kind)
                .mapToLong(MemoryPart::bytes)
                .sum();
    }
}
