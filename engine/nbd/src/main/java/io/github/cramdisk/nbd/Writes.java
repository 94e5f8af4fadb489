// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Receives the payload of one WRITE at a time and applies it piece by piece while it arrives. Pieces end at borders of
 * the device's preferred blocks, so that no block is written twice for one request; long pieces go to idle cores while
 * the session receives the next. A refused payload is received and dropped.
 *
 * <p>The reply is added when the last piece has been applied. It may wait while the payload of a later WRITE is being
 * received, because one thread does both; whatever is ready leaves each time bytes arrive.
 *
 * <p>For the session thread only.
 */
final class Writes {
    private static final int MAXIMUM_JOBS = 4;

    /** A request whose payload has been received but whose pieces are not all applied, or that still receives. */
    private static final class Request {
        long cookie;
        long arrivedNanos;
        int lengthBytes;
        boolean durable;
        int pieces;
        boolean received;

        @Nullable
        DeviceException failure;

        /** What of it waits for room. */
        @Nullable
        ParkedWrite parked;
    }

    private final Export export;
    private final BlockDevice device;
    private final int blockBytes;
    private final InputBuffer in;
    private final ReplyOutput out;
    private final ErrorReplies errors;
    private final ReplyTimes times;
    private final Workers workers;
    private final Parking parking;

    // Each job belongs to the request of the same index in owners while it is not idle.
    private final WriteJob[] jobs = new WriteJob[MAXIMUM_JOBS];
    private final @Nullable Request[] owners = new Request[MAXIMUM_JOBS];
    private final Request[] requests = new Request[MAXIMUM_JOBS + 1];
    private int pending;

    private @Nullable Request receiving;
    private long offset;
    private long left;
    private boolean dropping;

    Writes(
            Negotiated negotiated,
            InputBuffer in,
            ReplyOutput out,
            ErrorReplies errors,
            ReplyTimes times,
            SharedResources shared,
            Parking parking) {
        this.export = negotiated.export();
        this.device = export.device();
        this.blockBytes = Math.min(device.preferredBlockBytes(), NbdLimits.HAND_OFF_BYTES);
        this.in = in;
        this.out = out;
        this.errors = errors;
        this.times = times;
        this.workers = shared.workers();
        this.parking = parking;
        for (int i = 0; i < MAXIMUM_JOBS; i++) {
            jobs[i] = new WriteJob(device);
        }
        for (int i = 0; i < requests.length; i++) {
            requests[i] = new Request();
        }
    }

    /** Begins a WRITE that has passed {@link RequestRules}; its payload follows. */
    void begin(long cookie, long offsetBytes, int lengthBytes, boolean durable) {
        Request request = freeRequest();
        request.cookie = cookie;
        request.arrivedNanos = times.arrivedNanos();
        request.lengthBytes = lengthBytes;
        request.durable = durable;
        request.pieces = 0;
        request.received = false;
        request.failure = null;
        request.parked = null;
        receiving = request;
        offset = offsetBytes;
        left = lengthBytes;
    }

    /** Begins to drop a payload whose request has been answered. */
    void beginDropping(long lengthBytes) {
        dropping = true;
        left = lengthBytes;
    }

    boolean isReceiving() {
        return receiving != null || dropping;
    }

    /**
     * Takes what it can of the payload from the input.
     *
     * @return whether the payload has been received; if not, more input is needed
     */
    boolean receive() throws IOException {
        if (dropping) {
            int count = (int) Math.min(left, in.length());
            in.consume(count);
            left -= count;
            dropping = left > 0;
            return !dropping;
        }
        Request request = receiving;
        if (request == null) {
            return true;
        }
        while (left > 0) {
            int piece = nextPiece();
            if (piece == 0) {
                return false;
            }
            apply(request, piece);
        }
        receiving = null;
        request.received = true;
        if (request.pieces == 0) {
            reply(request);
        }
        return true;
    }

    /** Adds the replies of requests that have been applied meanwhile. */
    void collectDone() throws IOException {
        for (int i = 0; pending > 0 && i < MAXIMUM_JOBS; i++) {
            if (jobs[i].isDone()) {
                collect(i);
            }
        }
    }

    /** Waits until every piece is applied, and adds the replies. */
    void collectAll() throws IOException {
        for (int i = 0; pending > 0 && i < MAXIMUM_JOBS; i++) {
            if (!jobs[i].isIdle()) {
                jobs[i].await();
                collect(i);
            }
        }
    }

    /** Waits until no other thread works for this session. */
    void abandon() {
        for (WriteJob job : jobs) {
            job.abandon();
        }
    }

    /** How much to apply next: to the end of the payload or of a block, but not a small part of what is coming. */
    private int nextPiece() {
        int received = in.length();
        if (received >= left) {
            return (int) left;
        }
        if (received < NbdLimits.HAND_OFF_BYTES) {
            return 0;
        }
        long end = (offset + received) & -blockBytes;
        return (int) Math.max(0, end - offset);
    }

    private void apply(Request request, int piece) throws IOException {
        if (request.failure != null) {
            advance(piece); // the rest of a failed write is dropped
            return;
        }
        settle(offset, piece);
        parking.supersede(offset, piece);
        boolean moreWork = in.length() > piece || piece < left;
        if (piece < NbdLimits.HAND_OFF_BYTES || !moreWork || !handOff(request, piece)) {
            try {
                device.write(offset, piece, in.bytes(), in.start());
            } catch (DeviceException e) {
                failed(request, e, offset, piece, in.bytes(), in.start());
            }
        }
        advance(piece);
    }

    /** A piece that found no room waits for it, if it may; any other failure is that of the request. */
    private void failed(
            Request request, DeviceException e, long pieceOffset, int length, @Nullable ByteBuffer source, int index) {
        if (e.error() == NbdError.ENOSPC && source != null && request.failure == null) {
            ParkedWrite parked = request.parked;
            if (parked == null) {
                parked = parking.begin(NbdCommand.WRITE, request.cookie, request.lengthBytes, request.durable);
                request.parked = parked;
            }
            if (parked != null) {
                parking.addData(parked, pieceOffset, length, source, index);
                return;
            }
        }
        if (request.failure == null) {
            request.failure = e;
        }
    }

    /**
     * Waits for pieces of earlier requests in a range: one of them that finds no room must be parked before something
     * newer is done there, or it would land on that later.
     */
    void settle(long rangeOffset, long length) throws IOException {
        for (int i = 0; pending > 0 && i < MAXIMUM_JOBS; i++) {
            WriteJob job = jobs[i];
            if (!job.isIdle()
                    && job.offsetBytes() < rangeOffset + length
                    && rangeOffset < job.offsetBytes() + job.lengthBytes()) {
                job.await();
                collect(i);
            }
        }
    }

    private void advance(int piece) {
        in.consume(piece);
        offset += piece;
        left -= piece;
    }

    private boolean handOff(Request request, int piece) throws IOException {
        collectDone();
        int free = 0;
        while (free < MAXIMUM_JOBS && !jobs[free].isIdle()) {
            free++;
        }
        if (free == MAXIMUM_JOBS || !workers.reserve()) {
            return false;
        }
        owners[free] = request;
        request.pieces++;
        pending++;
        jobs[free].prepare(in.lease(), in.start(), offset, piece);
        workers.submit(jobs[free]);
        return true;
    }

    private void collect(int index) throws IOException {
        Request request = owners[index];
        owners[index] = null;
        pending--;
        WriteJob job = jobs[index];
        DeviceException failed = job.result();
        if (failed != null && request != null) {
            failed(request, failed, job.offsetBytes(), job.lengthBytes(), job.source(), job.sourceIndex());
        }
        job.collect();
        if (request == null) {
            return;
        }
        request.pieces--;
        if (request.pieces == 0 && request.received) {
            reply(request);
        }
    }

    private void reply(Request request) throws IOException {
        DeviceException failed = request.failure;
        ParkedWrite parked = request.parked;
        if (parked != null) {
            request.parked = null;
            request.received = false;
            parking.seal(parked, failed);
            return;
        }
        if (failed == null && request.durable) {
            try {
                device.flush();
            } catch (DeviceException e) {
                failed = e;
            }
        }
        if (failed == null) {
            out.addSimpleReply(0, request.cookie);
            times.succeeded(NbdCommand.WRITE, request.lengthBytes, request.arrivedNanos);
        } else {
            errors.fail(request.cookie, failed);
            export.counters().failed(NbdCommand.WRITE);
        }
        request.received = false;
    }

    /** There is one more request than jobs, so one has no pieces outstanding. */
    private Request freeRequest() {
        for (Request request : requests) {
            if (request.pieces == 0) {
                return request;
            }
        }
        throw new IllegalStateException("more requests than jobs");
    }
}
