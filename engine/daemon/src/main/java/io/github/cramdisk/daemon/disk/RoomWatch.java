// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.disk;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.EngineEvent.Severity;
import io.github.cramdisk.api.EventKind;
import io.github.cramdisk.daemon.event.EventSink;
import io.github.cramdisk.store.StoreSettings;
import io.github.cramdisk.store.arena.Shortage;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tells users in time that a disk fills up, and that writes wait or were refused: each once, and again only after it was
 * over. Not thread-safe; looked at twice a second.
 */
final class RoomWatch {
    private static final int[] LEVELS = {80, 90, 95};
    /** A level can be told again when the disk has fallen this far below it, so that one at the border tells once. */
    private static final int HYSTERESIS = 5;

    private static final int SEVERE_LEVEL = 95;
    private static final int PERCENT = 100;

    private final String disk;
    private final Path arena;
    private final EventSink events;
    private int told;
    private boolean waitTold;
    private long refusedAtWait;
    private long refusedTold;

    /**
     * What a disk is like now.
     *
     * @param capBytes at how many of them new data find no room, because the rest of the limit is a reserve
     * @param limitBytes {@link StoreSettings#NO_LIMIT} for none
     * @param refused requests refused for want of room so far
     * @param patience how long a write waits, null for no end
     */
    record Reading(
            long heldBytes,
            long capBytes,
            long limitBytes,
            boolean waiting,
            long refused,
            Shortage shortage,
            @Nullable Duration patience) {}

    RoomWatch(String disk, Path arena, EventSink events) {
        this.disk = disk;
        this.arena = arena;
        this.events = events;
    }

    void look(Reading now) {
        lookAtLevel(now);
        lookAtWaiting(now);
        if (now.refused() > refusedTold) {
            if (refusedTold == 0 || !now.waiting()) {
                events.happened(EventKind.DISK_WRITES_REFUSED, Severity.PROBLEM, disk, disk, reason(now));
            }
            refusedTold = now.refused();
        }
    }

    private void lookAtLevel(Reading now) {
        if (now.limitBytes() == StoreSettings.NO_LIMIT) {
            told = 0;
            return;
        }
        long percent = now.heldBytes() / (now.capBytes() / PERCENT);
        int reached = 0;
        for (int level : LEVELS) {
            if (percent >= level || (told >= level && percent >= level - HYSTERESIS)) {
                reached = level;
            }
        }
        if (reached > told) {
            events.happened(
                    EventKind.DISK_WATERMARK,
                    reached >= SEVERE_LEVEL ? Severity.WARNING : Severity.INFO,
                    disk,
                    disk,
                    reached,
                    new ByteSize(now.heldBytes()).format(),
                    new ByteSize(now.limitBytes()).format());
        }
        told = reached;
    }

    private void lookAtWaiting(Reading now) {
        if (now.waiting() && !waitTold) {
            tellWaiting(now);
            refusedAtWait = now.refused();
        } else if (!now.waiting() && waitTold && now.refused() == refusedAtWait) {
            events.happened(EventKind.WRITES_RELEASED, Severity.INFO, disk, disk);
        }
        waitTold = now.waiting();
    }

    private void tellWaiting(Reading now) {
        Duration patience = now.patience();
        String wait =
                patience == null ? "they wait until there is room" : "after " + patience.toSeconds() + " s they fail";
        switch (now.shortage()) {
            case LIMIT ->
                events.happened(
                        EventKind.DISK_FULL_WAITING,
                        Severity.PROBLEM,
                        disk,
                        disk,
                        new ByteSize(now.limitBytes()).format(),
                        wait);
            case TMPFS -> events.happened(EventKind.ARENA_TMPFS_FULL, Severity.PROBLEM, disk, disk, arena, wait);
            case MACHINE -> events.happened(EventKind.MACHINE_MEMORY_LOW, Severity.PROBLEM, disk, disk, wait);
        }
    }

    private String reason(Reading now) {
        return switch (now.shortage()) {
            case LIMIT -> "it has reached its RAM limit of " + new ByteSize(now.limitBytes()).format();
            case TMPFS -> "the tmpfs that holds the disks, " + arena + ", is full";
            case MACHINE -> "this machine, or the group of processes the engine is in, has no memory to spare";
        };
    }
}
