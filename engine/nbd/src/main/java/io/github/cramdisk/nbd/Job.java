// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work on the device that a session may leave to another thread, made once and used again and again.
 *
 * <p>States: IDLE, then QUEUED by its session, then RUNNING in the thread that claimed it first (a worker, or the
 * session itself when it has nothing better to do), then DONE, then IDLE again when the session has collected it. A
 * done job may also be REVOKED, see {@link ReadJob}. Jobs compute; they never touch a socket, so that no client can
 * hold a worker.
 */
abstract class Job {
    static final int IDLE = 0;
    static final int QUEUED = 1;
    static final int RUNNING = 2;
    static final int DONE = 3;
    static final int REVOKED = 4;

    private final AtomicInteger state = new AtomicInteger(IDLE);
    private final Thread session;

    // Written by the thread that ran the job before DONE, read by others after DONE.
    private @Nullable Throwable crash;
    private @Nullable DeviceException failure;
    private long doneAtNanos;

    /** To be made on the session's own thread, which is the one that is woken. */
    Job() {
        this.session = Thread.currentThread();
    }

    /** The work; called once for each time the job was queued and claimed. */
    abstract void work() throws DeviceException;

    final boolean isIdle() {
        return state.get() == IDLE;
    }

    final boolean isDone() {
        return state.get() >= DONE;
    }

    final boolean move(int from, int to) {
        return state.compareAndSet(from, to);
    }

    /** Prepares an idle job for {@link Workers#submit}. */
    final void queue() {
        crash = null;
        failure = null;
        state.set(QUEUED);
    }

    /** Runs the job if nobody else has begun it. */
    final void runIfQueued() {
        if (!move(QUEUED, RUNNING)) {
            return;
        }
        try {
            work();
        } catch (DeviceException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            // The edge of a worker's thread: the session that asked for the work fails with it.
            crash = e;
        }
        doneAtNanos = System.nanoTime();
        state.set(DONE);
        if (Thread.currentThread() != session) {
            LockSupport.unpark(session);
        }
    }

    /** Returns when the job is done, having done it itself if no worker has begun. For the session thread. */
    final void await() {
        runIfQueued();
        boolean interrupted = false;
        while (!isDone()) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Drops the job if nobody has begun it, else waits until it is done. For the session thread.
     *
     * @return whether the work will never be done
     */
    final boolean cancel() {
        if (move(QUEUED, DONE)) {
            return true;
        }
        if (!isIdle()) {
            await();
        }
        return false;
    }

    /**
     * The error that the device answered with, or null. For a done job.
     *
     * @throws IllegalStateException if the work crashed
     */
    final @Nullable DeviceException failure() {
        if (crash != null) {
            throw new IllegalStateException("the device crashed", crash);
        }
        return failure;
    }

    final long doneAtNanos() {
        return doneAtNanos;
    }
}
