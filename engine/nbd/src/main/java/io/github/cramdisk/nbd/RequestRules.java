// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import org.jspecify.annotations.Nullable;

/**
 * The one place where a request is judged. The order is fixed, so that a request with several faults always gets the
 * same error; everything behind it may rely on a range that lies in the device and a length that fits in an int for
 * READ and WRITE. The range is held against the size that the device has now, be it that the client was told another.
 */
final class RequestRules {
    private final Export export;
    private final Negotiated negotiated;
    /** As this client was told; the export may have changed since. */
    private final boolean readOnly;

    RequestRules(Negotiated negotiated) {
        this.export = negotiated.export();
        this.negotiated = negotiated;
        this.readOnly = export.readOnly();
    }

    /**
     * @param command null if the type on the wire is unknown
     * @param offsetBytes as on the wire; negative stands for 2^63 and above
     * @param lengthBytes 0 to 2^32 - 1
     * @return null if the request may go to the device
     */
    @Nullable
    Refusal check(@Nullable NbdCommand command, int flags, long offsetBytes, long lengthBytes) {
        if (export.isShutDown()) {
            return Refusal.SHUT_DOWN;
        }
        if (command == null) {
            return Refusal.UNKNOWN_COMMAND;
        }
        if (!command.allowsFlags(flags)) {
            return Refusal.UNKNOWN_FLAG;
        }
        if ((flags & TransmissionWire.FLAG_DF) != 0 && !negotiated.structuredReplies()) {
            return Refusal.DF_WITHOUT_STRUCTURED_REPLIES;
        }
        if (command == NbdCommand.FLUSH) {
            return offsetBytes == 0 && lengthBytes == 0 ? null : Refusal.RANGE_ON_FLUSH;
        }
        if (command == NbdCommand.BLOCK_STATUS && !negotiated.blockStatus()) {
            return Refusal.NO_CONTEXT;
        }
        if (command.modifies() && readOnly) {
            return Refusal.READ_ONLY;
        }
        if ((command == NbdCommand.READ || command == NbdCommand.WRITE)
                && lengthBytes > NbdLimits.MAXIMUM_PAYLOAD_BYTES) {
            return Refusal.PAYLOAD_TOO_LONG;
        }
        long sizeBytes = export.device().sizeBytes();
        if (offsetBytes < 0 || offsetBytes > sizeBytes || lengthBytes > sizeBytes - offsetBytes) {
            // "Error values": ENOSPC for writes beyond the end, EINVAL for the rest.
            return command == NbdCommand.WRITE || command == NbdCommand.WRITE_ZEROES
                    ? Refusal.WRITE_BEYOND_END
                    : Refusal.BEYOND_END;
        }
        if (command == NbdCommand.BLOCK_STATUS && lengthBytes == 0) {
            return Refusal.EMPTY_STATUS;
        }
        return null;
    }
}
