// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the running kernel supports, as far as it tells without trying.
 *
 * @param release as uname(1) tells it
 * @param zramAlgorithms empty while no zram device exists to ask
 * @param filesystems of {@link FilesystemType} that can be made and mounted here, by their names
 * @param numaNodes numbers of the nodes with memory; one node on most machines
 */
public record KernelSupport(
        String release,
        SortedSet<KernelFeature> features,
        List<String> zramAlgorithms,
        List<String> filesystems,
        List<Integer> numaNodes) {
    public KernelSupport {
        features = java.util.Collections.unmodifiableSortedSet(features == null ? new TreeSet<>() : features);
        zramAlgorithms = zramAlgorithms == null ? List.of() : List.copyOf(zramAlgorithms);
        filesystems = filesystems == null ? List.of() : List.copyOf(filesystems);
        numaNodes = numaNodes == null ? List.of() : List.copyOf(numaNodes);
    }

    public boolean has(KernelFeature feature) {
        return features.contains(feature);
    }
}
