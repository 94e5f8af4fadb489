// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The writes of one session that wait for room. While there are any, a thread of their own tries them again, sends their
 * replies, and ends with the last; the session's thread goes on with reads, trims and flushes meanwhile.
 *
 * <p>{@link #stop} may be called by any thread, everything else is for the session's thread. States and transitions:
 * decision record 0014.
 */
final class Parking {
    private static final System.Logger LOG = System.getLogger(Parking.class.getName());

    /** How often what waits is tried again without a hint: another disk or program may have given memory back. */
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Export export;
    private final BlockDevice device;
    private final ParkingLot lot;
    private final ParkingReserve reserve;
    private final ReplyOutput out;
    private final ErrorReplies errors;

    /** Guarded by the lot's lock, as all that follows. */
    private final List<ParkedWrite> mine = new ArrayList<>();

    private @Nullable Thread thread;
    private boolean stopped;

    Parking(Negotiated negotiated, ReplyOutput sessionOutput, ParkingReserve reserve) {
        this.export = negotiated.export();
        this.device = export.device();
        this.lot = export.lot();
        this.reserve = reserve;
        this.out = sessionOutput.aside();
        this.errors = new ErrorReplies(out, negotiated.structuredReplies());
    }

    /** To be called before anything is written to, zeroed in or trimmed from a range. */
    void supersede(long offset, long length) {
        lot.supersede(offset, length);
    }

    /** To be called when something has freed memory of the device. */
    void tellRoom() {
        lot.tellRoom();
    }

    /** A request that found no room, or null when none may wait: then it is refused. */
    @Nullable
    ParkedWrite begin(NbdCommand command, long cookie, long lengthBytes, boolean durable) {
        long now = System.nanoTime();
        if (lot.isExpired(now)) {
            lot.countRefused();
            return null;
        }
        ParkedWrite write = new ParkedWrite(command, cookie, lengthBytes, durable, now);
        lot.lock().lock();
        try {
            if (stopped) {
                return null;
            }
            mine.add(write);
            lot.add(write);
            if (thread == null) {
                thread = new Thread(this::work, Thread.currentThread().getName() + "-waiting");
                thread.setDaemon(true);
                thread.start();
            }
        } finally {
            lot.lock().unlock();
        }
        return write;
    }

    /**
     * Keeps a part of the payload. Where the reserve is used up this holds the session up, until there is room for the
     * part itself or for keeping it.
     */
    void addData(ParkedWrite write, long offset, int length, ByteBuffer source, int index) {
        while (!reserve.take(length)) {
            lot.lock().lock();
            try {
                if (stopped || write.failure() != null) {
                    return;
                }
                if (lot.isExpired(write)) {
                    write.fail(timeIsOver());
                    lot.countRefused();
                    return;
                }
                try {
                    device.write(offset, length, source, index);
                    return;
                } catch (DeviceException e) {
                    if (e.error() != NbdError.ENOSPC) {
                        write.fail(e);
                        return;
                    }
                }
                lot.await(Math.min(POLL_NANOS, lot.leftNanos(write.sinceNanos)));
            } finally {
                lot.lock().unlock();
            }
        }
        ByteBuffer copy = ByteBuffer.allocateDirect(length);
        copy.put(0, source, index, length);
        lot.lock().lock();
        try {
            if (stopped || write.failure() != null) {
                reserve.give(length);
            } else {
                write.addData(offset, copy);
            }
        } finally {
            lot.lock().unlock();
        }
    }

    /** Keeps a range to be zeroed. */
    void addZeroes(ParkedWrite write, long offset, long length, boolean mayTrim) {
        lot.lock().lock();
        try {
            write.addZeroes(offset, length, mayTrim);
        } finally {
            lot.lock().unlock();
        }
    }

    /** No part of the request follows; its reply is sent from here when it is over. */
    void seal(ParkedWrite write, @Nullable DeviceException failure) {
        lot.lock().lock();
        try {
            write.seal(failure);
            lot.signal();
        } finally {
            lot.lock().unlock();
        }
    }

    /** Cancels everything that waits: no attempt begins any more, and none is under way when this returns. */
    void stop() {
        lot.lock().lock();
        try {
            stopped = true;
            for (ParkedWrite write : mine) {
                leave(write);
            }
            mine.clear();
            lot.signal();
        } finally {
            lot.lock().unlock();
        }
    }

    /** Waits until the thread of what waited has ended. After {@link #stop}; the channel is closed, or its client reads. */
    void join() {
        Thread working;
        lot.lock().lock();
        try {
            working = thread;
        } finally {
            lot.lock().unlock();
        }
        boolean interrupted = false;
        while (working != null && working.isAlive()) {
            try {
                working.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static DeviceException timeIsOver() {
        return new DeviceException(NbdError.ENOSPC, "no memory for another block, and the time to wait for it is over");
    }

    private void leave(ParkedWrite write) {
        lot.remove(write);
        reserve.give(write.heldBytes());
    }

    private void work() {
        List<ParkedWrite> over = new ArrayList<>();
        try {
            while (awaitOver(over)) {
                for (ParkedWrite write : over) {
                    reply(write);
                }
                out.send();
                over.clear();
            }
        } catch (IOException e) {
            // The session's own thread sees the same end.
            LOG.log(Level.DEBUG, "a session ended while its writes waited", e);
            stop();
        } catch (RuntimeException | Error e) {
            // The edge of this thread. Without it nobody would answer, so the client must learn by the end of the
            // session.
            LOG.log(Level.ERROR, "writes that wait for room failed", e);
            stop();
            out.closeChannel();
        }
    }

    /** Tries what waits until some of it is over; false when nothing is left, and the thread is no longer the thread. */
    private boolean awaitOver(List<ParkedWrite> over) {
        lot.lock().lock();
        try {
            while (true) {
                if (mine.isEmpty()) {
                    thread = null;
                    return false;
                }
                tryAll();
                collect(over);
                if (!over.isEmpty()) {
                    return true;
                }
                awaitHint();
            }
        } finally {
            lot.lock().unlock();
        }
    }

    private void tryAll() {
        for (ParkedWrite write : mine) {
            if (!write.attempt(device)) {
                break;
            }
        }
        for (ParkedWrite write : mine) {
            if (!write.isOver() && write.failure() == null && lot.isExpired(write)) {
                write.fail(timeIsOver());
                lot.countRefused();
            }
        }
    }

    private void collect(List<ParkedWrite> over) {
        for (Iterator<ParkedWrite> all = mine.iterator(); all.hasNext(); ) {
            ParkedWrite write = all.next();
            if (write.isOver()) {
                all.remove();
                leave(write);
                over.add(write);
            }
        }
        if (!over.isEmpty()) {
            // For those who wait for the reserve.
            lot.signal();
        }
    }

    /** Waits for a hint that there is room, a request that is over, or the end of someone's patience. */
    private void awaitHint() {
        long wait = POLL_NANOS;
        for (ParkedWrite write : mine) {
            if (write.failure() == null) {
                wait = Math.min(wait, lot.leftNanos(write.sinceNanos));
            }
        }
        lot.await(Math.max(1, wait));
    }

    private void reply(ParkedWrite write) throws IOException {
        DeviceException failure = write.failure();
        if (failure == null && write.durable) {
            try {
                device.flush();
            } catch (DeviceException e) {
                failure = e;
            }
        }
        if (failure == null) {
            export.counters().succeeded(write.command, write.lengthBytes);
            export.counters().took(write.command, System.nanoTime() - write.sinceNanos, 1);
            out.addSimpleReply(0, write.cookie);
        } else {
            export.counters().failed(write.command);
            errors.fail(write.cookie, failure);
        }
    }
}
