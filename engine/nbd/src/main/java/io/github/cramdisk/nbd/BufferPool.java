// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All buffers of a server, each of {@link NbdLimits#BUFFER_BYTES}.
 *
 * <p>Two kinds of loans. The <em>basic</em> loan of two buffers is granted to every session; the number of connections
 * bounds it. <em>Extra</em> loans, for pieces that another thread works on, are bounded by the pool: when none is left,
 * a finished read that its session could not send for a while is revoked (the session reads it again later), and if
 * there is none the asker works without. So a client that does not read its replies can keep nobody from the extra
 * buffers. Which loan a buffer belongs to is only a count: sessions exchange their basic buffers for filled extra ones.
 *
 * <p>Thread-safe. The pool's monitor is the innermost lock of the server: nothing is called under it but the atomic
 * state of a {@link ReadJob}.
 */
final class BufferPool {
    /** Free buffers beyond this number are left to the garbage collector. */
    private static final int MAXIMUM_FREE = 32;

    private final int maximumExtras;
    private final Deque<Lease> free = new ArrayDeque<>();
    private final List<ReadJob> borrowers = new ArrayList<>();
    private int lent;
    private int basics;

    BufferPool(int maximumExtras) {
        this.maximumExtras = maximumExtras;
    }

    /** A basic loan; to be ended with {@link #endBasic} besides releasing whatever buffer the session has by then. */
    synchronized Lease basic() {
        Lease lease = lend();
        basics++;
        return lease;
    }

    synchronized void endBasic() {
        basics--;
    }

    /** An extra buffer, or null if there is none to have. */
    synchronized @Nullable Lease extra() {
        if (lent - basics < maximumExtras) {
            return lend();
        }
        for (ReadJob job : borrowers) {
            Lease lease = job.revoke();
            if (lease != null) {
                borrowers.remove(job);
                lease.lent();
                return lease;
            }
        }
        return null;
    }

    /** Offers the buffer of this job to others should it wait too long for its session. */
    synchronized void addBorrower(ReadJob job) {
        borrowers.add(job);
    }

    synchronized void removeBorrower(ReadJob job) {
        borrowers.remove(job);
    }

    synchronized void giveBack(Lease lease) {
        lent--;
        if (free.size() < MAXIMUM_FREE) {
            free.push(lease);
        }
    }

    int maximumExtras() {
        return maximumExtras;
    }

    /** Buffers on loan now, basic and extra. */
    synchronized int lentBuffers() {
        return lent;
    }

    private Lease lend() {
        Lease lease = free.poll();
        if (lease == null) {
            lease = new Lease(this, ByteBuffer.allocateDirect(NbdLimits.BUFFER_BYTES));
        }
        lent++;
        lease.lent();
        return lease;
    }
}
