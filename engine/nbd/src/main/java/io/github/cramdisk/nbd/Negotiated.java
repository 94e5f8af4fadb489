// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

/**
 * What a handshake that led to the transmission phase agreed on.
 *
 * @param blockStatus whether base:allocation was selected for this export
 */
record Negotiated(Export export, boolean structuredReplies, boolean blockStatus) {

    /** The transmission flags of an export ("Transmission flags" in the protocol document). */
    static int transmissionFlags(Export export, boolean structuredReplies) {
        int flags = HandshakeWire.TRANSMISSION_HAS_FLAGS
                | HandshakeWire.TRANSMISSION_SEND_FLUSH
                | HandshakeWire.TRANSMISSION_SEND_FUA
                | HandshakeWire.TRANSMISSION_CAN_MULTI_CONN
                | HandshakeWire.TRANSMISSION_SEND_CACHE;
        if (structuredReplies) {
            flags |= HandshakeWire.TRANSMISSION_SEND_DF;
        }
        if (export.readOnly()) {
            flags |= HandshakeWire.TRANSMISSION_READ_ONLY;
        } else {
            flags |= HandshakeWire.TRANSMISSION_SEND_TRIM
                    | HandshakeWire.TRANSMISSION_SEND_WRITE_ZEROES
                    | HandshakeWire.TRANSMISSION_SEND_FAST_ZERO;
        }
        return flags;
    }
}
