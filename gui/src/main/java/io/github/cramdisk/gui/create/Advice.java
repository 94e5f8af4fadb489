// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.create;

import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When another kind serves better, told from what this machine has already.
 *
 * @param text a sentence or two
 * @param instead what it names; null where it only warns
 */
public record Advice(String text, @Nullable Purpose instead) {
    /** @return empty for {@link Purpose#EXPERT}, who knows */
    public static Optional<Advice> of(Purpose purpose, @Nullable Snapshot snapshot) {
        Optional<VolumeInfo> swap = find(snapshot, Advice::isCompressedSwap);
        Optional<VolumeInfo> zswap = find(snapshot, volume -> volume.kind() == VolumeKind.ZSWAP);
        return switch (purpose) {
            case SCRATCH ->
                Optional.of(
                        swap.isPresent() || zswap.isPresent()
                                ? new Advice(Texts.of("create.advice.scratch-swapped"), Purpose.DISK)
                                : new Advice(Texts.of("create.advice.scratch"), Purpose.SWAP));
            case DISK -> Optional.of(new Advice(Texts.of("create.advice.disk"), Purpose.SCRATCH));
            case SWAP ->
                Optional.of(swap.map(there -> new Advice(
                                Texts.of(
                                        "create.advice.swap-there",
                                        there.title(),
                                        Sizes.format(there.sizeBytes() == null ? 0 : there.sizeBytes())),
                                null))
                        .or(() -> zswap.map(on -> new Advice(Texts.of("create.advice.zswap"), null)))
                        .orElseGet(() -> new Advice(Texts.of("create.advice.swap"), Purpose.DISK)));
            case EXPERT -> Optional.empty();
        };
    }

    private static Optional<VolumeInfo> find(
            @Nullable Snapshot snapshot, java.util.function.Predicate<VolumeInfo> wanted) {
        return snapshot == null
                ? Optional.empty()
                : snapshot.volumes().stream().filter(wanted).findFirst();
    }

    private static boolean isCompressedSwap(VolumeInfo volume) {
        return volume.kind() == VolumeKind.ZRAM && volume.options().contains("swap");
    }
}
