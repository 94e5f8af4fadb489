// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import io.github.cramdisk.api.Warning;
import java.util.List;

/**
 * Every volume of this machine.
 *
 * @param volumes by kind, then by title
 * @param warnings about all of them together, such as limits that memory cannot honour; mostly none
 */
public record VolumeList(List<VolumeInfo> volumes, List<Warning> warnings) {
    public VolumeList {
        volumes = volumes == null ? List.of() : List.copyOf(volumes);
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
    }
}
