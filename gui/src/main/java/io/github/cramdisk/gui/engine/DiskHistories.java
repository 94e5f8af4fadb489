// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.engine;

import io.github.cramdisk.api.DiskStats;
import io.github.cramdisk.api.DiskStats.CommandCounts;
import io.github.cramdisk.api.Snapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The recent past of every disk, kept while the window is open. Used on the window's thread only. */
public final class DiskHistories {
    private static final CommandCounts NONE = new CommandCounts(0, 0, 0);

    private final Map<String, DiskHistory> byName = new HashMap<>();

    /** The past of a disk; empty for one not seen yet. */
    public DiskHistory of(String name) {
        return byName.computeIfAbsent(name, unused -> new DiskHistory());
    }

    void add(Snapshot snapshot) {
        Set<String> alive =
                snapshot.disks().stream().map(disk -> disk.info().name()).collect(Collectors.toSet());
        byName.keySet().retainAll(alive);
        for (DiskStats disk : snapshot.disks()) {
            of(disk.info().name())
                    .add(
                            snapshot.timeMillis(),
                            disk.info().logicalBytes(),
                            disk.info().storedBytes(),
                            disk.info().residentBytes(),
                            disk.commands().getOrDefault("read", NONE).bytes(),
                            disk.commands().getOrDefault("write", NONE).bytes());
        }
    }
}
