// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.memory;

import java.io.IOException;
import java.nio.file.Path;

/** Reads the memory of the machine and of the engine together; safe for use by several threads. */
public final class MachineMemoryReader {
    private final Path procRoot;
    private final ProcessMemoryReader engine;

    /**
     * @param procRoot {@code /proc}, or a recorded tree
     * @param engine reader of the engine's own memory
     */
    public MachineMemoryReader(Path procRoot, ProcessMemoryReader engine) {
        this.procRoot = procRoot;
        this.engine = engine;
    }

    /** @param disksBytes resident memory of all arenas */
    public MemoryUse read(long disksBytes) throws IOException {
        return MemoryUse.of(MemInfo.read(procRoot), disksBytes, engine.read());
    }
}
