// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.io.IOException;
import java.util.Arrays;

/** Answers requests that fail: an error chunk with a text where the client understands it, else a simple reply. */
final class ErrorReplies {
    /** Texts are cut here; the protocol allows 4096 bytes, no person wants to read as much. */
    private static final int MAXIMUM_TEXT_BYTES = 512;

    private final ReplyOutput out;
    private final boolean structured;

    ErrorReplies(ReplyOutput out, boolean structured) {
        this.out = out;
        this.structured = structured;
    }

    void refuse(long cookie, Refusal refusal) throws IOException {
        reply(cookie, refusal.error(), refusal.text());
    }

    void fail(long cookie, DeviceException failure) throws IOException {
        reply(cookie, failure.error(), text(failure));
    }

    /** The last chunk of a structured READ of which the part at {@code offsetBytes} could not be read. */
    void failAt(long cookie, DeviceException failure, long offsetBytes) throws IOException {
        byte[] text = text(failure);
        int payload = TransmissionWire.ERROR_CHUNK_FIXED_BYTES + text.length + TransmissionWire.CHUNK_OFFSET_BYTES;
        addErrorChunk(cookie, TransmissionWire.CHUNK_ERROR_OFFSET, failure.error(), text, payload);
        out.addLong(offsetBytes);
    }

    private void reply(long cookie, NbdError error, byte[] text) throws IOException {
        if (structured) {
            int payload = TransmissionWire.ERROR_CHUNK_FIXED_BYTES + text.length;
            addErrorChunk(cookie, TransmissionWire.CHUNK_ERROR, error, text, payload);
        } else {
            out.addSimpleReply(error.value(), cookie);
        }
    }

    private void addErrorChunk(long cookie, int type, NbdError error, byte[] text, int payload) throws IOException {
        out.makeRoom(TransmissionWire.CHUNK_HEADER_BYTES + payload);
        out.addChunkHeader(TransmissionWire.CHUNK_FLAG_DONE, type, cookie, payload);
        out.addInt(error.value());
        out.addShort(text.length);
        out.addBytes(text);
    }

    private static byte[] text(DeviceException failure) {
        String message = failure.getMessage();
        byte[] text = HandshakeWire.utf8(message == null ? failure.error().name() : message);
        // A cut may fall inside a character; the text is for people and the rest of it is readable.
        return text.length > MAXIMUM_TEXT_BYTES ? Arrays.copyOf(text, MAXIMUM_TEXT_BYTES) : text;
    }
}
