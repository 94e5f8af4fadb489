// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.disk;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.store.BlockStore;
import io.github.cramdisk.store.MemoryGate;
import io.github.cramdisk.store.StoreGeometry;
import java.io.IOException;

/**
 * The memory of one disk, as files of the arena. Holds nothing open itself.
 *
 * @param gate says whether the disk may take memory of the machine
 */
record DiskArena(DiskHouse house, String name, MemoryGate gate) {
    boolean exists() {
        return BlockStore.exists(house.arenas(), name);
    }

    void delete() throws IOException {
        BlockStore.delete(house.arenas(), name);
    }

    /** Without a definition files are nobody's: the leftover of a disk whose definition was deleted by hand. */
    void deleteLeftovers() {
        try {
            delete();
        } catch (IOException e) {
            throw StoreMapping.failure(name, e);
        }
    }

    BlockStore create(DiskSpec spec) {
        try {
            return BlockStore.create(
                    house.arenas(), name, StoreMapping.geometry(spec), StoreMapping.settings(spec), gate);
        } catch (IOException e) {
            throw StoreMapping.failure(name, e);
        }
    }

    /** @throws CramdiskException {@link ErrorKind#ARENA_DAMAGED} where it is damaged, or another disk's */
    BlockStore open(DiskSpec spec) {
        try {
            BlockStore store = BlockStore.open(house.arenas(), name, StoreMapping.settings(spec), gate);
            StoreGeometry found = store.geometry();
            StoreGeometry wanted = StoreMapping.geometry(spec);
            // Another size is a change that an engine did not live to finish, or a wish written into the definition.
            if (found.blockBytes() != wanted.blockBytes()
                    || (!found.equals(wanted)
                            && store.resize(wanted.sizeBytes()).isPresent())) {
                store.close();
                throw new CramdiskException(
                        ErrorKind.ARENA_DAMAGED,
                        name,
                        "it holds a disk of " + new ByteSize(found.sizeBytes()).formatExact() + " with blocks of "
                                + new ByteSize(found.blockBytes()).formatExact() + ", which is not what "
                                + house.definitions().file(name) + " says");
            }
            return store;
        } catch (IOException e) {
            throw new CramdiskException(ErrorKind.ARENA_DAMAGED, e, name, String.valueOf(e.getMessage()));
        }
    }
}
