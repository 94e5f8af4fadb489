// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.volume.ZramAlgorithm;
import io.github.cramdisk.api.volume.ZramSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The files of a zram device in {@code /sys/block/zramN} and what is written to them, in the order the kernel wants. */
final class ZramAttributes {
    private ZramAttributes() {}

    static List<Map.Entry<String, String>> of(ZramSpec spec) {
        List<Map.Entry<String, String>> attributes = new ArrayList<>();
        if (spec.algorithm() != null) {
            attributes.add(Map.entry("comp_algorithm", spec.algorithm().name()));
            parameters(attributes, spec.algorithm(), 0);
        }
        int priority = 1;
        for (ZramAlgorithm algorithm : spec.recompression()) {
            attributes.add(Map.entry("recomp_algorithm", "algo=" + algorithm.name() + " priority=" + priority));
            parameters(attributes, algorithm, priority++);
        }
        if (spec.backingDevice() != null) {
            attributes.add(Map.entry("backing_dev", spec.backingDevice()));
        }
        // From here on the kernel answers EBUSY to all above.
        attributes.add(Map.entry("disksize", Long.toString(spec.size().bytes())));
        if (spec.memLimit() != null) {
            attributes.add(Map.entry("mem_limit", Long.toString(spec.memLimit().bytes())));
        }
        return attributes;
    }

    private static void parameters(List<Map.Entry<String, String>> attributes, ZramAlgorithm algorithm, int priority) {
        if (algorithm.parameters().isEmpty()) {
            return;
        }
        StringBuilder value = new StringBuilder("priority=" + priority);
        algorithm
                .parameters()
                .forEach(
                        (key, text) -> value.append(' ').append(key).append('=').append(text));
        attributes.add(Map.entry("algorithm_params", value.toString()));
    }

    /** What only a running engine does. */
    static void noteSchedule(ConfigVolume.Zram volume, Notes notes) {
        if (volume.spec().schedule() != null) {
            notes.changed(
                    volume,
                    "Recompression and writing back on a schedule is done by the engine of Cramdisk, and left out.",
                    null);
        }
    }
}
