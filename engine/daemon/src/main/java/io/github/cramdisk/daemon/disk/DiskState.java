// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.disk;

import java.util.EnumSet;
import java.util.Set;

/**
 * The life of a disk.
 *
 * <pre>
 * OPENING ──► SERVING ◄──► RESETTING
 *    │           │ │           │
 *    │           │ └─► CLOSED  │
 *    ├──────► UNUSABLE ◄───────┘
 *    │           │ └─► CLOSED
 *    ▼           ▼
 * REMOVED ◄── REMOVING (from SERVING too; back to UNUSABLE when it fails)
 * </pre>
 */
enum DiskState {
    /** Being created, or opened again at start; nobody sees it yet. */
    OPENING,
    /** Store open, exported. */
    SERVING,
    /** Being emptied; not exported meanwhile. */
    RESETTING,
    /** Its memory cannot be opened or trusted. It is listed, not exported, and can only be removed. */
    UNUSABLE,
    /** Being removed; no longer exported. */
    REMOVING,
    /** Gone. */
    REMOVED,
    /** The engine is leaving; data and definition stay. */
    CLOSED;

    private Set<DiskState> next() {
        return switch (this) {
            case OPENING -> EnumSet.of(SERVING, UNUSABLE, REMOVED);
            case SERVING -> EnumSet.of(RESETTING, REMOVING, CLOSED, UNUSABLE);
            case RESETTING -> EnumSet.of(SERVING, UNUSABLE);
            case UNUSABLE -> EnumSet.of(REMOVING, CLOSED);
            case REMOVING -> EnumSet.of(REMOVED, UNUSABLE);
            case REMOVED, CLOSED -> EnumSet.noneOf(DiskState.class);
        };
    }

    /** @throws IllegalStateException when there is no such move */
    DiskState moveTo(DiskState target) {
        if (!next().contains(target)) {
            throw new IllegalStateException("a disk cannot go from " + this + " to " + target);
        }
        return target;
    }

    /** Whether front ends see the disk. */
    boolean isListed() {
        return this == SERVING || this == RESETTING || this == UNUSABLE;
    }
}
