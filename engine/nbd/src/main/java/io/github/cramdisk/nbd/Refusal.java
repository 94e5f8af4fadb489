// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

/** Why a request is refused before the device sees it; the text goes to clients that understand structured replies. */
@SuppressWarnings("ImmutableEnumChecker") // the text is never written to
enum Refusal {
    SHUT_DOWN(NbdError.ESHUTDOWN, "the export was removed or the server is stopping"),
    UNKNOWN_COMMAND(NbdError.EINVAL, "unknown command"),
    UNKNOWN_FLAG(NbdError.EINVAL, "flag unknown, or not valid for this command"),
    DF_WITHOUT_STRUCTURED_REPLIES(NbdError.EINVAL, "flag DF needs structured replies"),
    RANGE_ON_FLUSH(NbdError.EINVAL, "FLUSH takes neither offset nor length"),
    NO_CONTEXT(NbdError.EINVAL, "BLOCK_STATUS without a negotiated metadata context"),
    READ_ONLY(NbdError.EPERM, "the export is read-only"),
    PAYLOAD_TOO_LONG(NbdError.EINVAL, "longer than the maximum block size of 32 MiB"),
    BEYOND_END(NbdError.EINVAL, "range ends beyond the end of the export"),
    WRITE_BEYOND_END(NbdError.ENOSPC, "range ends beyond the end of the export"),
    EMPTY_STATUS(NbdError.EINVAL, "BLOCK_STATUS of no bytes");

    private final NbdError error;
    private final byte[] text;

    Refusal(NbdError error, String text) {
        this.error = error;
        this.text = HandshakeWire.utf8(text);
    }

    NbdError error() {
        return error;
    }

    /** UTF-8; not to be changed. */
    byte[] text() {
        return text;
    }
}
