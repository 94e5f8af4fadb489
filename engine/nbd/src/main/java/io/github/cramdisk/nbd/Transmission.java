// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The transmission phase of one session: takes every complete request that has arrived, answers them, sends all answers
 * in one write, and only then waits for more. It never waits for a batch to grow.
 *
 * <p>Threading: one thread per session receives, judges, answers and sends. Large pieces may be computed by {@link
 * Workers}, but their results are collected by the session thread, and it waits for all of them before it waits for a
 * new request. Small requests are served where they are found. Nothing is allocated per request.
 */
final class Transmission {
    private static final System.Logger LOG = System.getLogger(Transmission.class.getName());

    private final Export export;
    private final BlockDevice device;
    private final boolean structured;
    private final InputBuffer in;
    private final ReplyOutput out;
    private final Activity activity;
    private final RequestRules rules;
    private final ErrorReplies errors;
    private final Parking parking;
    private final Reads reads;
    private final Writes writes;
    private final BlockStatus blockStatus;
    private final ReplyTimes times;
    private boolean disconnected;

    /** @param parking stopped by this when it ends, or before by others */
    Transmission(
            Negotiated negotiated,
            InputBuffer in,
            ReplyOutput out,
            Activity activity,
            SharedResources shared,
            Parking parking) {
        this.export = negotiated.export();
        this.device = export.device();
        this.structured = negotiated.structuredReplies();
        this.in = in;
        this.out = out;
        this.activity = activity;
        this.rules = new RequestRules(negotiated);
        this.errors = new ErrorReplies(out, structured);
        this.parking = parking;
        this.times = new ReplyTimes(export.counters());
        out.timeWith(times);
        this.reads = new Reads(negotiated, out, errors, times, shared);
        this.writes = new Writes(negotiated, in, out, errors, times, shared, parking);
        this.blockStatus = new BlockStatus(device, out);
    }

    /** Serves requests until the client disconnects or the stream ends; afterwards no other thread works for it. */
    void run() throws IOException {
        activity.running();
        try {
            do {
                while (serveNext()) {
                    // until no complete request is left
                }
                reads.collectAll();
                if (writes.isReceiving()) {
                    writes.collectDone();
                } else {
                    writes.collectAll();
                }
                out.send();
                times.sent();
            } while (!disconnected && receive());
        } finally {
            activity.waiting();
            parking.stop();
            reads.abandon();
            writes.abandon();
            parking.join();
        }
    }

    private boolean receive() throws IOException {
        if (!in.makeRoom()) {
            writes.collectAll();
            out.send();
            in.makeRoom();
        }
        activity.waiting();
        try {
            return in.receive();
        } finally {
            times.arrived();
            activity.running();
        }
    }

    /** Serves one request, or a part of a payload; false if more input is needed or the client has disconnected. */
    private boolean serveNext() throws IOException {
        if (writes.isReceiving() && !writes.receive()) {
            return false;
        }
        if (in.length() < TransmissionWire.REQUEST_BYTES) {
            return false;
        }
        ByteBuffer bytes = in.bytes();
        int at = in.start();
        if (bytes.getInt(at) != TransmissionWire.REQUEST_MAGIC) {
            return breakOff("bad request magic");
        }
        int flags = Short.toUnsignedInt(bytes.getShort(at + TransmissionWire.REQUEST_FLAGS_AT));
        int type = Short.toUnsignedInt(bytes.getShort(at + TransmissionWire.REQUEST_TYPE_AT));
        long cookie = bytes.getLong(at + TransmissionWire.REQUEST_COOKIE_AT);
        long offset = bytes.getLong(at + TransmissionWire.REQUEST_OFFSET_AT);
        long length = Integer.toUnsignedLong(bytes.getInt(at + TransmissionWire.REQUEST_LENGTH_AT));
        in.consume(TransmissionWire.REQUEST_BYTES);

        NbdCommand command = NbdCommand.ofType(type);
        if (command == NbdCommand.DISC) {
            disconnected = true;
            return false;
        }
        Refusal refusal = rules.check(command, flags, offset, length);
        if (refusal != null || command == null) {
            return refuse(command, cookie, length, refusal == null ? Refusal.UNKNOWN_COMMAND : refusal);
        }
        switch (command) {
            case READ -> {
                boolean unfragmented = (flags & TransmissionWire.FLAG_DF) != 0;
                boolean moreWork = in.length() >= TransmissionWire.REQUEST_BYTES;
                reads.serve(cookie, offset, (int) length, unfragmented, moreWork);
            }
            case WRITE -> writes.begin(cookie, offset, (int) length, (flags & TransmissionWire.FLAG_FUA) != 0);
            default -> serveWithoutPayload(command, flags, cookie, offset, length);
        }
        return true;
    }

    private void serveWithoutPayload(NbdCommand command, int flags, long cookie, long offset, long length)
            throws IOException {
        if (command.modifies()) {
            writes.settle(offset, length);
            parking.supersede(offset, length);
        }
        try {
            switch (command) {
                case FLUSH -> device.flush();
                case TRIM -> device.trim(offset, length);
                case WRITE_ZEROES -> device.zero(offset, length, (flags & TransmissionWire.FLAG_NO_HOLE) == 0);
                case BLOCK_STATUS ->
                    blockStatus.reply(cookie, offset, length, (flags & TransmissionWire.FLAG_REQ_ONE) != 0);
                default -> {
                    // CACHE: everything is in memory already.
                }
            }
            if (command.modifies()) {
                parking.tellRoom();
                if ((flags & TransmissionWire.FLAG_FUA) != 0) {
                    device.flush();
                }
            }
        } catch (DeviceException e) {
            if (e.error() == NbdError.ENOSPC && command.modifies() && park(command, flags, cookie, offset, length)) {
                return;
            }
            errors.fail(cookie, e);
            export.counters().failed(command);
            return;
        }
        if (command != NbdCommand.BLOCK_STATUS) {
            out.addSimpleReply(0, cookie);
        }
        times.succeeded(command, length);
    }

    /** Zeroing takes memory too: for the table, and for blocks of which a part is kept. */
    private boolean park(NbdCommand command, int flags, long cookie, long offset, long length) {
        ParkedWrite parked = parking.begin(command, cookie, length, (flags & TransmissionWire.FLAG_FUA) != 0);
        if (parked == null) {
            return false;
        }
        boolean mayTrim = command == NbdCommand.TRIM || (flags & TransmissionWire.FLAG_NO_HOLE) == 0;
        parking.addZeroes(parked, offset, length, mayTrim);
        parking.seal(parked, null);
        return true;
    }

    /**
     * Answers a request that breaks the rules and steps over its payload, so that the session stays in step. False if
     * that would take too long.
     */
    private boolean refuse(@Nullable NbdCommand command, long cookie, long length, Refusal refusal) throws IOException {
        if (command != null) {
            export.counters().failed(command);
        }
        errors.refuse(cookie, refusal);
        if (command == NbdCommand.WRITE && length > 0) {
            if (length > NbdLimits.MAXIMUM_DRAINED_PAYLOAD_BYTES) {
                return breakOff("refused a payload of " + length + " bytes");
            }
            writes.beginDropping(length);
        }
        return true;
    }

    /** Ends the session by closing it, after the replies to what came before. */
    private boolean breakOff(String reason) {
        LOG.log(Level.DEBUG, "breaking off a session: {0}", reason);
        disconnected = true;
        return false;
    }
}
