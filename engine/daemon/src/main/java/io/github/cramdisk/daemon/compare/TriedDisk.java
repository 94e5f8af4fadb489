// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.compare;

import io.github.cramdisk.store.BlockStore;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A disk of this engine, without its name and its clients. */
record TriedDisk(BlockStore store) implements Tried {
    @Override
    public void write(long offset, ByteBuffer source, int index, int length) throws IOException {
        store.write(offset, length, source, index);
    }

    @Override
    public void read(long offset, ByteBuffer target, int index, int length) throws IOException {
        store.read(offset, length, target, index);
    }

    @Override
    public long memoryBytes() throws IOException {
        return store.stats().residentBytes();
    }

    @Override
    public void close() throws IOException {
        store.destroy();
    }
}
