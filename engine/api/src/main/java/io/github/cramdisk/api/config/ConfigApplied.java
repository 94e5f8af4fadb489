// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.config;

import java.util.List;

/**
 * What was written.
 *
 * @param paths files that were written or deleted; empty where all was so already
 * @param hints sentences about what else is to be done, such as a restart of the machine
 */
public record ConfigApplied(List<String> paths, List<String> hints) {
    public ConfigApplied {
        paths = List.copyOf(paths);
        hints = List.copyOf(hints);
    }
}
