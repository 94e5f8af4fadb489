// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Gives every disk one colour of the palette and keeps it: chosen by its name, another one where a living disk already
 * has that, remembered in the settings so that it is the same at the next start.
 */
public final class DiskColors {
    /** Colours in the palette; the stylesheets define {@code -cram-disk-0} and so on. */
    public static final int COUNT = 8;

    private static final String KEY = "disk-color.";

    private final Settings settings;
    private final TreeMap<String, Integer> assigned = new TreeMap<>();

    public DiskColors(Settings settings) {
        this.settings = settings;
    }

    /** Takes note of the disks there are: new ones get a colour, those gone give theirs back. */
    public void update(Collection<String> names) {
        assigned.keySet().stream()
                .filter(name -> !names.contains(name))
                .toList()
                .forEach(gone -> {
                    assigned.remove(gone);
                    settings.remove(KEY + gone);
                });
        for (String name : new TreeSet<>(names)) {
            if (!assigned.containsKey(name)) {
                int color = choose(name);
                assigned.put(name, color);
                settings.put(KEY + name, Integer.toString(color));
            }
        }
    }

    /** The colour of a disk, 0 to {@link #COUNT} - 1. */
    public int of(String name) {
        Integer color = assigned.get(name);
        return color != null ? color : preferred(name);
    }

    private int choose(String name) {
        int wanted = settings.getNumber(KEY + name).stream()
                .mapToInt(number -> Math.floorMod((int) number, COUNT))
                .findFirst()
                .orElse(preferred(name));
        Set<Integer> taken = leastCrowdedExcluded();
        for (int i = 0; i < COUNT; i++) {
            int candidate = (wanted + i) % COUNT;
            if (!taken.contains(candidate)) {
                return candidate;
            }
        }
        return wanted;
    }

    /** The colours that have more disks than the least used one, so that no colour is used twice before all are once. */
    private Set<Integer> leastCrowdedExcluded() {
        Map<Integer, Integer> uses = new TreeMap<>();
        for (int color = 0; color < COUNT; color++) {
            uses.put(color, 0);
        }
        assigned.values().forEach(color -> uses.merge(color, 1, Integer::sum));
        int least = uses.values().stream().mapToInt(Integer::intValue).min().orElse(0);
        Set<Integer> crowded = new HashSet<>();
        uses.forEach((color, count) -> {
            if (count > least) {
                crowded.add(color);
            }
        });
        return crowded;
    }

    private static int preferred(String name) {
        // Spread the bits: names that differ in their last digit only have neighbouring hash codes.
        int hash = name.hashCode() * 0x9E3779B9;
        return (hash >>> 16) % COUNT;
    }
}
