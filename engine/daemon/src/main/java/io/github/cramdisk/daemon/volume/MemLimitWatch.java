// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.EngineEvent.Severity;
import io.github.cramdisk.api.EventKind;
import io.github.cramdisk.api.Warning;
import io.github.cramdisk.api.WarningKind;
import io.github.cramdisk.daemon.event.EventSink;
import io.github.cramdisk.host.mount.MountEntry;
import io.github.cramdisk.host.zram.ZramState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Warns before a zram device under a filesystem reaches its memory limit: at 80, 90 and 95 percent, once each on the way
 * up. There the kernel tells the writer of success, loses the data, and the filesystem goes read-only. Not thread-safe.
 */
final class MemLimitWatch {
    private static final int[] LEVELS = {80, 90, 95};
    private static final int PERCENT = 100;

    private final EventSink events;
    private final Map<Integer, Integer> toldAt = new HashMap<>();

    MemLimitWatch(EventSink events) {
        this.events = events;
    }

    /** Tells what is new since the last look. */
    void look(Machine machine) {
        toldAt.keySet().retainAll(machine.zrams().stream().map(ZramState::index).toList());
        for (ZramState zram : machine.zrams()) {
            int level = level(machine, zram);
            int before = toldAt.getOrDefault(zram.index(), 0);
            if (level > before) {
                events.happened(EventKind.ZRAM_NEAR_LIMIT, Severity.WARNING, zram.path(), arguments(machine, zram));
            }
            toldAt.put(zram.index(), level);
        }
    }

    /** What is to be told now. */
    static List<Warning> warnings(Machine machine) {
        List<Warning> warnings = new ArrayList<>();
        for (ZramState zram : machine.zrams()) {
            if (level(machine, zram) > 0) {
                warnings.add(Warning.of(WarningKind.ZRAM_NEAR_LIMIT, arguments(machine, zram)));
            }
        }
        return warnings;
    }

    /** The highest level that is reached; 0 for none, or where no filesystem is in danger. */
    private static int level(Machine machine, ZramState zram) {
        long limit = zram.memory().limitBytes();
        if (limit == 0 || VolumeReader.mountOf(machine, zram).isEmpty()) {
            return 0;
        }
        int reached = 0;
        for (int level : LEVELS) {
            if (zram.memory().usedBytes() >= limit / PERCENT * level) {
                reached = level;
            }
        }
        return reached;
    }

    /** Those of {@link EventKind#ZRAM_NEAR_LIMIT}. */
    private static Object[] arguments(Machine machine, ZramState zram) {
        long limit = zram.memory().limitBytes();
        return new Object[] {
            zram.path(),
            VolumeReader.mountOf(machine, zram).map(MountEntry::target).orElse(""),
            new ByteSize(zram.memory().usedBytes()).format(),
            new ByteSize(limit).format(),
            new ByteSize(2 * limit).formatExact()
        };
    }
}
