// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.overview;

import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.gui.common.OwnVolumes;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a tmpfs, ramfs or zram device looks on its card. */
final class VolumeFaces {
    private static final double NEAR_LIMIT = 0.9;

    private VolumeFaces() {}

    /** @param usedBefore bytes in use over the last minute, oldest first */
    static CardFace of(VolumeInfo volume, List<Double> usedBefore) {
        boolean untold = volume.atLeast();
        boolean compressed = volume.kind() == VolumeKind.ZRAM;
        Long size = volume.sizeBytes();
        Long limit = compressed ? memoryLimit(volume) : size;
        long whole = limit != null ? limit : size != null ? size : 0;
        double cost = CardFace.share(volume.residentBytes(), whole);
        boolean empty = volume.usedBytes() == 0 && !untold;
        Long told = volume.swappedBytes();
        long swapped = told == null ? 0 : told;
        return new CardFace(
                volume.title(),
                OwnVolumes.kind(volume),
                String.join(" · ", words(volume)),
                String.join(", ", words(volume)),
                size == null
                        ? Texts.of("overview.no-end")
                        : size == 0 ? Texts.of("overview.not-set-up") : Texts.of("common.you-get", Sizes.format(size)),
                untold
                        ? Texts.of("overview.use-untold")
                        : empty ? Texts.of("common.empty") : Texts.of("common.used", Sizes.format(volume.usedBytes())),
                size == null ? 0 : CardFace.share(volume.usedBytes(), size),
                untold
                        ? Texts.of("overview.cost-untold")
                        : Texts.of("common.it-costs", Sizes.format(volume.residentBytes())),
                swapped > 0
                        ? Texts.of("overview.swapped", Sizes.format(swapped))
                        : limit == null ? Texts.of("common.no-limit") : Texts.of("common.limit", Sizes.format(limit)),
                cost,
                limit != null && cost >= NEAR_LIMIT,
                empty || untold,
                untold || (compressed && empty) ? "–" : Sizes.formatRatio(ratio(volume), 1),
                Texts.of(
                        untold
                                ? "overview.kernel-silent"
                                : compressed
                                        ? empty ? "common.nothing-stored" : "overview.all-included"
                                        : "overview.uncompressed"),
                Texts.of("overview.used"),
                true,
                untold ? List.of() : usedBefore);
    }

    private static double ratio(VolumeInfo volume) {
        return volume.kind() != VolumeKind.ZRAM || volume.residentBytes() == 0
                ? 1
                : (double) volume.usedBytes() / volume.residentBytes();
    }

    /** Technical words, in the order of what people ask for. */
    private static List<String> words(VolumeInfo volume) {
        List<String> words = new ArrayList<>();
        if (volume.kind() == VolumeKind.ZRAM) {
            words.add(volume.device() == null ? volume.kind().text() : volume.device());
            option(volume, "algorithm").ifPresent(words::add);
            option(volume, "type").ifPresent(words::add);
            option(volume, "priority").ifPresent(rank -> words.add(Texts.of("overview.priority", rank)));
        } else {
            words.add(volume.kind().text());
            option(volume, "mode").ifPresent(mode -> words.add(Texts.of("overview.mode", mode)));
        }
        if (volume.options().contains("ro")) {
            words.add(Texts.of("overview.ro"));
        }
        if (volume.options().contains("noswap")) {
            words.add(Texts.of("overview.noswap"));
        }
        return words;
    }

    private static @org.jspecify.annotations.Nullable Long memoryLimit(VolumeInfo zram) {
        return option(zram, "mem_limit").map(Long::valueOf).orElse(null);
    }

    private static Optional<String> option(VolumeInfo volume, String name) {
        return volume.options().stream()
                .filter(word -> word.startsWith(name + "="))
                .map(word -> word.substring(name.length() + 1))
                .findFirst();
    }
}
