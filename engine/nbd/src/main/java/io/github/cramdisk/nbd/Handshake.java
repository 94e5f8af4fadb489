// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The handshake phase of one session: fixed newstyle, without TLS. Whatever the client asks is answered in step;
 * the session ends where the protocol demands it (bad magic, unknown client flags, an unknown name in EXPORT_NAME) or
 * allows it against abuse (see {@link NbdLimits}).
 */
final class Handshake {
    private final ExportDirectory exports;
    private final InputBuffer in;
    private final ReplyOutput out;
    private final OptionReplies replies;

    private boolean structuredReplies;
    private boolean noZeroes;
    /** The export for which base:allocation is selected. */
    private @Nullable Export contextExport;
    /** Set when an option has led to the transmission phase. */
    private @Nullable Export chosen;

    private boolean aborted;

    Handshake(ExportDirectory exports, InputBuffer in, ReplyOutput out) {
        this.exports = exports;
        this.in = in;
        this.out = out;
        this.replies = new OptionReplies(out);
    }

    /**
     * Returns what was agreed on, or null when the client has left.
     *
     * @throws HardDisconnect if the session cannot or must not go on
     */
    @Nullable
    Negotiated run() throws IOException {
        greet();
        if (!in.require(HandshakeWire.CLIENT_FLAGS_BYTES)) {
            return null;
        }
        int clientFlags = in.bytes().getInt(in.start());
        in.consume(HandshakeWire.CLIENT_FLAGS_BYTES);
        if ((clientFlags & ~(HandshakeWire.FLAG_FIXED_NEWSTYLE | HandshakeWire.FLAG_NO_ZEROES)) != 0) {
            throw new HardDisconnect("unknown client flags");
        }
        noZeroes = (clientFlags & HandshakeWire.FLAG_NO_ZEROES) != 0;

        for (int options = 0; options < NbdLimits.MAXIMUM_OPTIONS; options++) {
            if (!serveOption()) {
                return null;
            }
            out.send();
            Export export = chosen;
            if (export != null) {
                return new Negotiated(export, structuredReplies, export.equals(contextExport));
            }
            if (aborted) {
                return null;
            }
        }
        throw new HardDisconnect("too many options");
    }

    private void greet() throws IOException {
        out.addLong(HandshakeWire.GREETING_MAGIC);
        out.addLong(HandshakeWire.OPTION_MAGIC);
        out.addShort(HandshakeWire.FLAG_FIXED_NEWSTYLE | HandshakeWire.FLAG_NO_ZEROES);
        out.send();
    }

    /** Receives one option and answers it; false if the stream has ended. */
    private boolean serveOption() throws IOException {
        if (!in.require(HandshakeWire.OPTION_HEADER_BYTES)) {
            return false;
        }
        int at = in.start();
        if (in.bytes().getLong(at) != HandshakeWire.OPTION_MAGIC) {
            throw new HardDisconnect("bad option magic");
        }
        int option = in.bytes().getInt(at + HandshakeWire.OPTION_CODE_AT);
        long length = Integer.toUnsignedLong(in.bytes().getInt(at + HandshakeWire.OPTION_LENGTH_AT));
        in.consume(HandshakeWire.OPTION_HEADER_BYTES);

        if (length > NbdLimits.MAXIMUM_OPTION_BYTES) {
            return dropLongOption(option, length);
        }
        if (!in.require((int) length)) {
            return false;
        }
        OptionData data = new OptionData(in, (int) length);
        try {
            answer(option, data);
        } catch (OptionData.Malformed e) {
            replies.refuse(option, HandshakeWire.REP_ERR_INVALID, String.valueOf(e.getMessage()));
        }
        data.skipRest();
        return true;
    }

    private boolean dropLongOption(int option, long length) throws IOException {
        if (length > NbdLimits.MAXIMUM_DRAINED_OPTION_BYTES || option == HandshakeWire.OPT_EXPORT_NAME) {
            throw new HardDisconnect("option of " + length + " bytes");
        }
        if (!in.skip(length)) {
            return false;
        }
        if (option == HandshakeWire.OPT_ABORT) {
            abort();
        } else if (isKnown(option)) {
            replies.refuse(option, HandshakeWire.REP_ERR_TOO_BIG, "the option is too long");
        } else {
            refuseUnknown(option);
        }
        return true;
    }

    private void answer(int option, OptionData data) throws IOException, OptionData.Malformed {
        switch (option) {
            case HandshakeWire.OPT_EXPORT_NAME -> enterByName(data);
            case HandshakeWire.OPT_ABORT -> abort(); // data is ignored, as the protocol asks
            case HandshakeWire.OPT_LIST -> list(data);
            case HandshakeWire.OPT_INFO, HandshakeWire.OPT_GO -> info(option, data);
            case HandshakeWire.OPT_STRUCTURED_REPLY -> {
                data.end();
                structuredReplies = true;
                replies.acknowledge(option);
            }
            case HandshakeWire.OPT_LIST_META_CONTEXT, HandshakeWire.OPT_SET_META_CONTEXT -> contexts(option, data);
            default -> refuseUnknown(option);
        }
    }

    private static boolean isKnown(int option) {
        return switch (option) {
            case HandshakeWire.OPT_LIST,
                    HandshakeWire.OPT_INFO,
                    HandshakeWire.OPT_GO,
                    HandshakeWire.OPT_STRUCTURED_REPLY,
                    HandshakeWire.OPT_LIST_META_CONTEXT,
                    HandshakeWire.OPT_SET_META_CONTEXT -> true;
            default -> false;
        };
    }

    private void refuseUnknown(int option) throws IOException {
        replies.refuse(option, HandshakeWire.REP_ERR_UNSUP, "this server does not support the option");
    }

    private void abort() throws IOException {
        replies.acknowledge(HandshakeWire.OPT_ABORT);
        aborted = true;
    }

    private void list(OptionData data) throws IOException, OptionData.Malformed {
        data.end();
        for (Export export : exports.list()) {
            replies.export(export);
        }
        replies.acknowledge(HandshakeWire.OPT_LIST);
    }

    private void enterByName(OptionData data) throws IOException {
        Export export;
        try {
            export = exports.find(data.takeText(data.left()));
        } catch (OptionData.Malformed e) {
            throw new HardDisconnect("malformed name in EXPORT_NAME");
        }
        if (export == null) {
            // "If the server is unwilling to allow the export, it MUST terminate the session."
            throw new HardDisconnect("unknown name in EXPORT_NAME");
        }
        out.makeRoom(HandshakeWire.EXPORT_NAME_REPLY_BYTES + HandshakeWire.EXPORT_NAME_ZEROES_BYTES);
        out.addLong(export.device().sizeBytes());
        out.addShort(Negotiated.transmissionFlags(export, structuredReplies));
        if (!noZeroes) {
            out.addBytes(new byte[HandshakeWire.EXPORT_NAME_ZEROES_BYTES]);
        }
        chosen = export;
    }

    private void info(int option, OptionData data) throws IOException, OptionData.Malformed {
        if (data.left() < HandshakeWire.INFO_MINIMUM_BYTES) {
            throw new OptionData.Malformed("the option is too short");
        }
        String name = data.takeString();
        int count = data.takeShort();
        if (data.left() != count * Short.BYTES) {
            throw new OptionData.Malformed("the number of information requests does not match the length");
        }
        boolean wantsName = false;
        boolean wantsDescription = false;
        boolean wantsBlockSize = false;
        for (int i = 0; i < count; i++) {
            int type = data.takeShort();
            wantsName |= type == HandshakeWire.INFO_NAME;
            wantsDescription |= type == HandshakeWire.INFO_DESCRIPTION;
            wantsBlockSize |= type == HandshakeWire.INFO_BLOCK_SIZE;
        }
        Export export = findOrRefuse(option, name);
        if (export == null) {
            return;
        }
        replies.exportInfo(option, export, Negotiated.transmissionFlags(export, structuredReplies));
        if (wantsName) {
            replies.textInfo(option, HandshakeWire.INFO_NAME, export.name());
        }
        if (wantsDescription && !export.description().isEmpty()) {
            replies.textInfo(option, HandshakeWire.INFO_DESCRIPTION, export.description());
        }
        if (wantsBlockSize) {
            replies.blockSizeInfo(option, export);
        }
        replies.acknowledge(option);
        if (option == HandshakeWire.OPT_GO) {
            chosen = export;
        }
    }

    private void contexts(int option, OptionData data) throws IOException, OptionData.Malformed {
        boolean set = option == HandshakeWire.OPT_SET_META_CONTEXT;
        if (set) {
            // "replaces all previously-set metadata contexts (including when this command fails)"
            contextExport = null;
        }
        if (!structuredReplies) {
            throw new OptionData.Malformed("metadata contexts need structured replies");
        }
        String name = data.takeString();
        long queries = data.takeInt();
        // Listing without queries shows everything; setting without queries selects nothing.
        boolean matches = queries == 0 && !set;
        for (long i = 0; i < queries; i++) {
            String query = data.takeString();
            matches |= query.equals(HandshakeWire.CONTEXT_ALLOCATION)
                    || (!set && query.equals(HandshakeWire.NAMESPACE_BASE));
        }
        data.end();
        Export export = findOrRefuse(option, name);
        if (export == null) {
            return;
        }
        if (matches) {
            replies.allocationContext(option, set ? HandshakeWire.CONTEXT_ALLOCATION_ID : 0);
            if (set) {
                contextExport = export;
            }
        }
        replies.acknowledge(option);
    }

    private @Nullable Export findOrRefuse(int option, String name) throws IOException {
        Export export = exports.find(name);
        if (export == null) {
            replies.refuse(
                    option,
                    HandshakeWire.REP_ERR_UNKNOWN,
                    name.isEmpty() ? "there is no default export" : "there is no export of this name");
        }
        return export;
    }
}
