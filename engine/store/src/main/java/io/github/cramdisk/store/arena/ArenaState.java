// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store.arena;

import java.util.concurrent.locks.ReentrantLock;

/**
 * What the parts of one arena share: {@link SlotAllocator} hands out slots, {@link SegmentSupply} takes memory for them,
 * {@link SegmentRecycler} wins memory back, {@link ArenaRestore} rebuilds the state. Guarded by {@link #lock}, but for the
 * mapping and the budget, which guard themselves. The lock is the innermost of the store.
 */
final class ArenaState {
    final ReentrantLock lock = new ReentrantLock();
    final Segments segments = new Segments();
    final ArenaMapping memory;
    final MemoryBudget budget;
    final FreeLists free;

    ArenaState(ArenaMapping memory, MemoryBudget budget, int maxSlotGranules) {
        this.memory = memory;
        this.budget = budget;
        this.free = new FreeLists(memory, maxSlotGranules);
    }

    /** Makes a free slot available, unless its segment is being emptied: its memory will go, and the list's link with it. */
    void list(long address, int granules) {
        if (segments.state(Segments.segmentOf(address)) != Segments.State.DRAINING) {
            free.push(address, granules);
        }
    }

    void clear() {
        segments.clear();
        free.clear();
    }
}
