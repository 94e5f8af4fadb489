// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A direct buffer on loan from the {@link BufferPool}, held by one or more holders, and back in the pool when the last
 * one has released it. The session that took it holds it once; each job that works on its bytes holds it once more.
 *
 * <p>Limit always equals capacity; bytes are addressed by index. Only the session thread moves the position.
 */
final class Lease {
    private final BufferPool pool;
    private final ByteBuffer buffer;
    private final AtomicInteger holders = new AtomicInteger();

    Lease(BufferPool pool, ByteBuffer buffer) {
        this.pool = pool;
        this.buffer = buffer;
    }

    ByteBuffer buffer() {
        return buffer;
    }

    /** Called by the pool when it lends the buffer. */
    void lent() {
        buffer.clear();
        holders.set(1);
    }

    void retain() {
        holders.incrementAndGet();
    }

    void release() {
        if (holders.decrementAndGet() == 0) {
            pool.giveBack(this);
        }
    }

    /** Whether a job still works on this buffer, as seen by the session that holds it. */
    boolean isShared() {
        return holders.get() > 1;
    }
}
