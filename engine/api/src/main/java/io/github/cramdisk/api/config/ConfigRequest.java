// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which volumes to take, and in which format.
 *
 * @param names names of disks, mount points, or zram devices; empty for all that the engine keeps, or all of {@code from}
 * @param from take them from there instead of from the engine and the running machine; null for those
 */
public record ConfigRequest(
        ConfigFormat format, List<String> names, @Nullable ConfigSource from) {
    public ConfigRequest {
        java.util.Objects.requireNonNull(format, "format");
        names = names == null ? List.of() : List.copyOf(names);
    }
}
