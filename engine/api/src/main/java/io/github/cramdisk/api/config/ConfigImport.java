// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.config;

import java.util.List;

/**
 * What was found in existing configuration. Nothing of it is lost: what is no volume in memory is not Cramdisk's and is
 * not here; of what is, each part is in the volume or in {@code kept}.
 *
 * @param kept what was not understood
 */
public record ConfigImport(List<Found> volumes, List<Kept> kept) {
    public ConfigImport {
        volumes = List.copyOf(volumes);
        kept = List.copyOf(kept);
    }

    /** @param origin file and line, or what else it comes from */
    public record Found(ConfigVolume volume, String origin) {}

    /**
     * @param origin file and line
     * @param text as it stands there
     * @param reason why it became no part of a volume
     */
    public record Kept(String origin, String text, String reason) {}
}
