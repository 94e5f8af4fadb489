// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.RuntimeFiles;
import io.github.cramdisk.host.memory.MemInfo;
import io.github.cramdisk.store.BlockStore;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Where this engine keeps the memory of its disks: the directory that was chosen or made before; else a tmpfs of its own,
 * made by root or the helper, which logind does not empty, which is not limited to half of the memory, and which has huge
 * pages; else /dev/shm.
 */
final class ArenaPlace {
    private static final System.Logger LOG = System.getLogger(ArenaPlace.class.getName());

    private ArenaPlace() {}

    /** Never fails: /dev/shm is always there. Disks that are in /dev/shm already stay there until the next boot. */
    static Path choose(RuntimeFiles files, VerbsOfThisProcess verbs) throws IOException {
        Path known = files.arenaDirectory();
        if (!files.isArenaInSharedMemory() || holdsDisks(known)) {
            return known;
        }
        try {
            ByteSize size = new ByteSize(MemInfo.read(Path.of("/proc")).totalBytes());
            return Path.of(verbs.get().makeArenaDirectory(verbs.caller(), size));
        } catch (CramdiskException e) {
            LOG.log(Level.INFO, "the memory of disks is in " + known + ": " + e.getMessage());
            return known;
        }
    }

    private static boolean holdsDisks(Path directory) throws IOException {
        return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                && !BlockStore.list(directory).isEmpty();
    }
}
