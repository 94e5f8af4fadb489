// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import io.github.cramdisk.store.index.BlockIndex;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Keeps {@link Scratch}es between requests, as many as were ever needed at once, up to {@link #SLOTS}. A pool rather than
 * thread locals: threads come and go with connections, and the native contexts must be closed.
 *
 * <p>Threads: any, without locks.
 */
final class ScratchPool implements AutoCloseable {
    private static final int SLOTS = 16;

    private final int blockBytes;
    private final AtomicReferenceArray<@Nullable Scratch> idle = new AtomicReferenceArray<>(SLOTS);

    ScratchPool(int blockBytes) {
        this.blockBytes = blockBytes;
    }

    /** The caller's alone until {@link #release}. */
    Scratch acquire() {
        for (int i = 0; i < SLOTS; i++) {
            if (idle.getPlain(i) != null) {
                Scratch scratch = idle.getAndSet(i, null);
                if (scratch != null) {
                    return scratch;
                }
            }
        }
        return new Scratch(blockBytes, BlockIndex.LEAF_BLOCKS);
    }

    void release(Scratch scratch) {
        for (int i = 0; i < SLOTS; i++) {
            if (idle.getPlain(i) == null && idle.compareAndSet(i, null, scratch)) {
                return;
            }
        }
        scratch.close();
    }

    /** Closes what is idle. */
    @Override
    public void close() {
        for (int i = 0; i < SLOTS; i++) {
            Scratch scratch = idle.getAndSet(i, null);
            if (scratch != null) {
                scratch.close();
            }
        }
    }
}
