// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.monitor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The last minute of every volume, a number a second; forgets a volume that is gone. */
final class RecentPast {
    static final int SECONDS = 60;

    private final Map<String, double[]> rings = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    void add(String key, double value) {
        double[] ring = rings.computeIfAbsent(key, unused -> new double[SECONDS]);
        ring[counts.merge(key, 1, Integer::sum) % SECONDS] = value;
    }

    void retain(Set<String> alive) {
        rings.keySet().retainAll(alive);
        counts.keySet().retainAll(alive);
    }

    /** The oldest first; empty before there are two. */
    List<Double> of(String key) {
        double[] ring = rings.get(key);
        int count = counts.getOrDefault(key, 0);
        if (ring == null || count < 2) {
            return List.of();
        }
        int length = Math.min(count, SECONDS);
        List<Double> values = new ArrayList<>(length);
        for (int i = count - length + 1; i <= count; i++) {
            values.add(ring[i % SECONDS]);
        }
        return values;
    }
}
