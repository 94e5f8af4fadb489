// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.compare;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.LongSupplier;

/** A file on tmpfs, or a block device. */
final class TriedFile implements Tried {
    private final FileChannel channel;
    private final LongSupplier memory;
    private final Runnable removal;

    /** @param removal what is left to do when the file is closed */
    TriedFile(FileChannel channel, LongSupplier memory, Runnable removal) {
        this.channel = channel;
        this.memory = memory;
        this.removal = removal;
    }

    @Override
    public void write(long offset, ByteBuffer source, int index, int length) throws IOException {
        source.limit(index + length).position(index);
        while (source.hasRemaining()) {
            channel.write(source, offset + source.position() - index);
        }
        source.clear();
    }

    @Override
    public void read(long offset, ByteBuffer target, int index, int length) throws IOException {
        target.limit(index + length).position(index);
        while (target.hasRemaining() && channel.read(target, offset + target.position() - index) >= 0) {
            // until it is full
        }
        target.clear();
    }

    @Override
    public long memoryBytes() {
        return memory.getAsLong();
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            // The device must be closed before it can be removed.
        } finally {
            removal.run();
        }
    }
}
