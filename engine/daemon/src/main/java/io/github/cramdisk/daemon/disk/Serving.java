// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.disk;

import io.github.cramdisk.api.WaitingWrites;
import io.github.cramdisk.nbd.Export;
import io.github.cramdisk.store.BlockStore;
import org.jspecify.annotations.Nullable;

/**
 * What a disk has while it serves.
 *
 * @param earlier what clients asked for before its present export
 */
record Serving(BlockStore store, Export export, EffectiveLimit limit, CommandTotals earlier) {
    /** What clients have asked for since the disk is open. */
    CommandTotals commands() {
        return earlier.plus(export);
    }

    /** The writes that wait for room, null where none does. */
    @Nullable
    WaitingWrites waiting() {
        Export.Waiting waiting = export.waiting();
        return waiting == null ? null : StoreMapping.waiting(waiting, store.shortage());
    }
}
