// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.kernel;

import io.github.cramdisk.host.KernelText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The NUMA nodes that have memory; see Documentation/ABI/stable/sysfs-devices-node. */
public final class NumaNodes {
    private static final String WITH_MEMORY = "sys/devices/system/node/has_memory";

    private NumaNodes() {}

    /**
     * @param root {@code /}, or a recorded tree
     * @return numbers of nodes, ascending; none where the kernel knows no NUMA
     */
    public static List<Integer> read(Path root) throws IOException {
        return parse(KernelText.value(root.resolve(WITH_MEMORY)).orElse(""));
    }

    /** Reads a list such as {@code 0-1,4}. */
    static List<Integer> parse(String text) throws IOException {
        List<Integer> nodes = new ArrayList<>();
        try {
            for (String part : text.split(",", -1)) {
                if (!part.isBlank()) {
                    String[] ends = part.strip().split("-", 2);
                    int first = Integer.parseInt(ends[0]);
                    int last = ends.length == 2 ? Integer.parseInt(ends[1]) : first;
                    for (int node = first; node <= last; node++) {
                        nodes.add(node);
                    }
                }
            }
        } catch (NumberFormatException e) {
            throw new IOException("no list of nodes: " + text, e);
        }
        return List.copyOf(nodes);
    }
}
