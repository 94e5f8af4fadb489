// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Answers READ. Small reads are decoded straight into the output buffer. Long ones go through it in pieces, and while
 * the session thread reads and sends one piece, idle cores read others into extra buffers.
 *
 * <p>Whole replies may leave in any order. The pieces of a reply that is one long run of bytes (a simple reply, or DF)
 * leave in order: the session does the first piece itself while it has the next ones done, sends it, then collects.
 *
 * <p>For the session thread only.
 */
final class Reads {
    /** What a piece is in the reply, hence the header in front of it. */
    enum Form {
        /** All data of the request. */
        WHOLE,
        /** One content chunk of several. */
        CHUNK,
        /** A stretch of the data behind a header that has already been added. */
        RAW
    }

    /** Structured reads up to this length are decoded first and then tested for zeroes, longer ones ask for extents. */
    private static final int TEST_AFTERWARDS_BYTES = 64 * 1024;

    /** Shorter zero reads are sent as data: the chunk would save nothing. */
    private static final int LEAST_TESTED_BYTES = 512;

    private static final int MAXIMUM_JOBS = 4;

    private final Export export;
    private final BlockDevice device;
    private final boolean structured;
    private final ReplyOutput out;
    private final ErrorReplies errors;
    private final ReplyTimes times;
    private final BufferPool pool;
    private final Workers workers;
    private final ExtentList extents = new ExtentList();

    // A ring: jobs handed off and not yet collected, oldest first.
    private final ReadJob[] jobs = new ReadJob[MAXIMUM_JOBS];
    private int oldest;
    private int pending;

    // The first failure in the pieces of the request at hand, and where.
    private @Nullable DeviceException failure;
    private long failedAt;

    Reads(Negotiated negotiated, ReplyOutput out, ErrorReplies errors, ReplyTimes times, SharedResources shared) {
        this.export = negotiated.export();
        this.device = export.device();
        this.structured = negotiated.structuredReplies();
        this.out = out;
        this.errors = errors;
        this.times = times;
        this.pool = shared.buffers();
        this.workers = shared.workers();
        for (int i = 0; i < MAXIMUM_JOBS; i++) {
            jobs[i] = new ReadJob(pool, device);
        }
    }

    /**
     * Serves a READ that has passed {@link RequestRules}.
     *
     * @param moreWork whether another request waits behind this one, so that leaving this one to another core pays
     */
    void serve(long cookie, long offset, int length, boolean unfragmented, boolean moreWork) throws IOException {
        if (structured && !unfragmented && length > TEST_AFTERWARDS_BYTES) {
            sparse(cookie, offset, length, moreWork);
        } else if (length <= NbdLimits.PIECE_BYTES) {
            whole(cookie, offset, length, !unfragmented, moreWork);
        } else {
            stream(cookie, offset, length);
        }
    }

    /** Adds the replies of all pieces that other threads have taken, waiting for them. */
    void collectAll() throws IOException {
        while (pending > 0) {
            collectOldest();
        }
    }

    /** Waits until no other thread works for this session, and drops what they did. */
    void abandon() {
        for (; pending > 0; pending--) {
            ReadJob job = jobs[oldest];
            job.cancel();
            Lease lease = job.collect();
            if (lease != null) {
                lease.release();
            }
            oldest = (oldest + 1) % MAXIMUM_JOBS;
        }
    }

    private void whole(long cookie, long offset, int length, boolean mayBeHole, boolean moreWork) throws IOException {
        if (length >= NbdLimits.HAND_OFF_BYTES) {
            if (moreWork && handOff(Form.WHOLE, cookie, offset, length)) {
                return;
            }
            readWhole(cookie, offset, length, false);
            while (pending > 0 && jobs[oldest].isDone()) {
                collectOldest();
            }
        } else {
            readWhole(cookie, offset, length, mayBeHole && length >= LEAST_TESTED_BYTES);
        }
    }

    private void readWhole(long cookie, long offset, int length, boolean testForZeroes) throws IOException {
        int header = headerBytes(Form.WHOLE);
        out.makeRoom(header + length);
        try {
            device.read(offset, length, out.bytes(), out.end() + header);
        } catch (DeviceException e) {
            fail(cookie, e);
            return;
        }
        if (structured && (length == 0 || (testForZeroes && Zeroes.fill(out.bytes(), out.end() + header, length)))) {
            addHole(cookie, TransmissionWire.CHUNK_FLAG_DONE, offset, length);
        } else {
            putHeader(Form.WHOLE, out.bytes(), out.end(), cookie, offset, length);
            out.added(header + length);
        }
        times.succeeded(NbdCommand.READ, length);
    }

    /** A structured reply of several chunks, of which holes cost neither reading nor sending. */
    private void sparse(long cookie, long offset, int length, boolean moreWork) throws IOException {
        failure = null;
        int done = 0;
        while (done < length && failure == null) {
            try {
                extents.load(device, offset + done, length - done);
            } catch (DeviceException e) {
                noteFailure(e, offset + done);
                break;
            }
            if (extents.size() == 1 && extents.length(0) == length && length <= NbdLimits.PIECE_BYTES) {
                if (extents.isZero(0)) {
                    addHole(cookie, TransmissionWire.CHUNK_FLAG_DONE, offset, length);
                    times.succeeded(NbdCommand.READ, length);
                } else {
                    whole(cookie, offset, length, false, moreWork);
                }
                return;
            }
            for (int run = 0; run < extents.size() && failure == null; run++) {
                if (extents.isZero(run)) {
                    addHole(cookie, 0, offset + done, extents.length(run));
                } else {
                    pieces(Form.CHUNK, cookie, offset + done, extents.length(run));
                }
                done += extents.length(run);
            }
        }
        endChunks(cookie, length);
    }

    /** One header, then all the data, however long. */
    private void stream(long cookie, long offset, int length) throws IOException {
        failure = null;
        if (!structured && export.streamFailed() && !readable(cookie, offset, length)) {
            return;
        }
        // Replies of earlier requests must not come between the header and its data.
        collectAll();
        out.send();
        out.holdChannel();
        try {
            streamReply(cookie, offset, length);
            out.send();
        } finally {
            out.letGoOfChannel();
        }
    }

    private void streamReply(long cookie, long offset, int length) throws IOException {
        int header = headerBytes(Form.WHOLE);
        out.makeRoom(header);
        if (structured) {
            ReplyOutput.putChunkHeader(
                    out.bytes(),
                    out.end(),
                    0,
                    TransmissionWire.CHUNK_OFFSET_DATA,
                    cookie,
                    length + TransmissionWire.CHUNK_OFFSET_BYTES);
            out.bytes().putLong(out.end() + TransmissionWire.CHUNK_HEADER_BYTES, offset);
        } else {
            ReplyOutput.putSimpleHeader(out.bytes(), out.end(), 0, cookie);
        }
        out.added(header);
        pieces(Form.RAW, cookie, offset, length);
        if (structured) {
            endChunks(cookie, length);
        } else {
            times.succeeded(NbdCommand.READ, length);
        }
    }

    /** Tries a read whose failure could not be told to the client once its reply has begun; replies if it fails. */
    private boolean readable(long cookie, long offset, int length) throws IOException {
        out.send();
        for (int done = 0; done < length; done += NbdLimits.PIECE_BYTES) {
            int piece = Math.min(NbdLimits.PIECE_BYTES, length - done);
            try {
                device.read(offset + done, piece, out.bytes(), 0);
            } catch (DeviceException e) {
                fail(cookie, e);
                return false;
            }
        }
        return true;
    }

    private void pieces(Form form, long cookie, long offset, int length) throws IOException {
        int done = 0;
        // A stream must have its full length, so it goes on behind a failure.
        while (done < length && (failure == null || form == Form.RAW)) {
            int own = Math.min(NbdLimits.PIECE_BYTES, length - done);
            int next = done + own;
            while (next < length) {
                int piece = Math.min(NbdLimits.PIECE_BYTES, length - next);
                if (piece < NbdLimits.HAND_OFF_BYTES || !handOff(form, cookie, offset + next, piece)) {
                    break;
                }
                next += piece;
            }
            readPiece(form, cookie, offset + done, own);
            if (form == Form.RAW) {
                out.send();
            }
            collectAll();
            done = next;
        }
    }

    private void readPiece(Form form, long cookie, long offset, int length) throws IOException {
        int header = headerBytes(form);
        out.makeRoom(header + length);
        int dataAt = out.end() + header;
        try {
            device.read(offset, length, out.bytes(), dataAt);
        } catch (DeviceException e) {
            noteFailure(e, offset);
            if (form != Form.RAW) {
                return;
            }
            breakStream();
            for (int i = 0; i < length; i++) {
                out.bytes().put(dataAt + i, (byte) 0);
            }
        }
        putHeader(form, out.bytes(), out.end(), cookie, offset, length);
        out.added(header + length);
    }

    private boolean handOff(Form form, long cookie, long offset, int length) throws IOException {
        if (pending == MAXIMUM_JOBS) {
            if (form != Form.WHOLE) {
                return false;
            }
            collectOldest();
        }
        if (!workers.reserve()) {
            return false;
        }
        Lease lease = null;
        try {
            lease = pool.extra();
        } finally {
            // Also when there is no memory for another buffer.
            if (lease == null) {
                workers.unreserve();
            }
        }
        if (lease == null) {
            return false;
        }
        ReadJob job = jobs[(oldest + pending) % MAXIMUM_JOBS];
        job.prepare(lease, form, cookie, offset, length);
        pending++;
        workers.submit(job);
        return true;
    }

    private void collectOldest() throws IOException {
        ReadJob job = jobs[oldest];
        job.await();
        oldest = (oldest + 1) % MAXIMUM_JOBS;
        pending--;
        Lease lease = job.collect();
        if (lease == null) {
            readAgain(job);
            return;
        }
        DeviceException failed;
        try {
            failed = job.failure();
        } catch (IllegalStateException e) {
            lease.release();
            throw e;
        }
        if (failed != null) {
            lease.release();
            if (job.form() == Form.WHOLE) {
                fail(job.cookie(), failed);
            } else {
                // The failure is met again, and is answered in the way of the form.
                readPiece(job.form(), job.cookie(), job.offsetBytes(), job.lengthBytes());
            }
        } else {
            int start = ReadJob.DATA_AT - headerBytes(job.form());
            putHeader(job.form(), lease.buffer(), start, job.cookie(), job.offsetBytes(), job.lengthBytes());
            out.adopt(lease, start, ReadJob.DATA_AT + job.lengthBytes());
            if (job.form() == Form.WHOLE) {
                times.succeeded(NbdCommand.READ, job.lengthBytes());
            }
        }
    }

    private void readAgain(ReadJob job) throws IOException {
        if (job.form() == Form.WHOLE) {
            readWhole(job.cookie(), job.offsetBytes(), job.lengthBytes(), false);
        } else {
            readPiece(job.form(), job.cookie(), job.offsetBytes(), job.lengthBytes());
        }
    }

    private int headerBytes(Form form) {
        return switch (form) {
            case WHOLE -> structured ? TransmissionWire.DATA_CHUNK_HEADER_BYTES : TransmissionWire.SIMPLE_REPLY_BYTES;
            case CHUNK -> TransmissionWire.DATA_CHUNK_HEADER_BYTES;
            case RAW -> 0;
        };
    }

    private void putHeader(Form form, ByteBuffer target, int index, long cookie, long offset, int length) {
        if (form == Form.RAW) {
            return;
        }
        if (!structured) {
            ReplyOutput.putSimpleHeader(target, index, 0, cookie);
            return;
        }
        int flags = form == Form.WHOLE ? TransmissionWire.CHUNK_FLAG_DONE : 0;
        int payload = length + TransmissionWire.CHUNK_OFFSET_BYTES;
        ReplyOutput.putChunkHeader(target, index, flags, TransmissionWire.CHUNK_OFFSET_DATA, cookie, payload);
        target.putLong(index + TransmissionWire.CHUNK_HEADER_BYTES, offset);
    }

    private void addHole(long cookie, int flags, long offset, int length) throws IOException {
        if (length == 0) {
            // A content chunk describes at least one byte.
            out.addChunkHeader(TransmissionWire.CHUNK_FLAG_DONE, TransmissionWire.CHUNK_NONE, cookie, 0);
            return;
        }
        out.makeRoom(TransmissionWire.CHUNK_HEADER_BYTES + TransmissionWire.HOLE_CHUNK_PAYLOAD_BYTES);
        out.addChunkHeader(
                flags, TransmissionWire.CHUNK_OFFSET_HOLE, cookie, TransmissionWire.HOLE_CHUNK_PAYLOAD_BYTES);
        out.addLong(offset);
        out.addInt(length);
    }

    private void endChunks(long cookie, int length) throws IOException {
        if (failure == null) {
            out.addChunkHeader(TransmissionWire.CHUNK_FLAG_DONE, TransmissionWire.CHUNK_NONE, cookie, 0);
            times.succeeded(NbdCommand.READ, length);
        } else {
            errors.failAt(cookie, failure, failedAt);
            export.counters().failed(NbdCommand.READ);
        }
    }

    private void fail(long cookie, DeviceException e) throws IOException {
        errors.fail(cookie, e);
        export.counters().failed(NbdCommand.READ);
    }

    private void noteFailure(DeviceException e, long offset) {
        if (failure == null) {
            failure = e;
            failedAt = offset;
        }
    }

    /** A simple reply that has begun cannot say that it failed; a DF chunk goes on with zeroes and an error after it. */
    private void breakStream() throws IOException {
        if (!structured) {
            export.noteStreamFailure();
            export.counters().failed(NbdCommand.READ);
            throw new HardDisconnect("a read failed after its simple reply had begun");
        }
    }
}
