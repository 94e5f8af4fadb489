// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.io.IOException;

/** Adds replies to options to the output. */
final class OptionReplies {
    private final ReplyOutput out;

    OptionReplies(ReplyOutput out) {
        this.out = out;
    }

    void acknowledge(int option) throws IOException {
        header(option, HandshakeWire.REP_ACK, 0);
    }

    /** @param type one of the REP_ERR values */
    void refuse(int option, int type, String message) throws IOException {
        byte[] text = HandshakeWire.utf8(message);
        header(option, type, text.length);
        out.addBytes(text);
    }

    void export(Export export) throws IOException {
        byte[] name = HandshakeWire.utf8(export.name());
        byte[] description = HandshakeWire.utf8(export.description());
        int length = HandshakeWire.STRING_LENGTH_BYTES + name.length + description.length;
        header(HandshakeWire.OPT_LIST, HandshakeWire.REP_SERVER, length);
        out.addInt(name.length);
        out.addBytes(name);
        out.addBytes(description);
    }

    void exportInfo(int option, Export export, int transmissionFlags) throws IOException {
        header(option, HandshakeWire.REP_INFO, HandshakeWire.INFO_EXPORT_BYTES);
        out.addShort(HandshakeWire.INFO_EXPORT);
        out.addLong(export.device().sizeBytes());
        out.addShort(transmissionFlags);
    }

    void blockSizeInfo(int option, Export export) throws IOException {
        header(option, HandshakeWire.REP_INFO, HandshakeWire.INFO_BLOCK_SIZE_BYTES);
        out.addShort(HandshakeWire.INFO_BLOCK_SIZE);
        out.addInt(1);
        out.addInt(export.device().preferredBlockBytes());
        out.addInt(NbdLimits.MAXIMUM_PAYLOAD_BYTES);
    }

    void textInfo(int option, int infoType, String value) throws IOException {
        byte[] text = HandshakeWire.utf8(value);
        header(option, HandshakeWire.REP_INFO, HandshakeWire.INFO_TYPE_BYTES + text.length);
        out.addShort(infoType);
        out.addBytes(text);
    }

    void allocationContext(int option, int identifier) throws IOException {
        byte[] name = HandshakeWire.utf8(HandshakeWire.CONTEXT_ALLOCATION);
        header(option, HandshakeWire.REP_META_CONTEXT, HandshakeWire.STRING_LENGTH_BYTES + name.length);
        out.addInt(identifier);
        out.addBytes(name);
    }

    private void header(int option, int type, int lengthBytes) throws IOException {
        out.makeRoom(HandshakeWire.REPLY_HEADER_BYTES + lengthBytes);
        out.addLong(HandshakeWire.OPTION_REPLY_MAGIC);
        out.addInt(option);
        out.addInt(type);
        out.addInt(lengthBytes);
    }
}
