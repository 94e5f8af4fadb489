// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.nio.charset.StandardCharsets;

/**
 * The bytes of the handshake phase ("Newstyle negotiation" and "Option types" of the NBD protocol document). All
 * numbers are big-endian; offsets and lengths are in bytes.
 *
 * <pre>
 * Greeting, server to client            then the client's flags
 * 0         8         16    18          0       4
 * |NBDMAGIC |IHAVEOPT |flags|           | flags |
 *
 * Option, client to server              Reply to an option, server to client
 * 0         8       12      16          0         8       12      16      20
 * |IHAVEOPT |option |length |data ...   |magic    |option |type   |length |data ...
 *
 * OPT_EXPORT_NAME is answered without a reply header:
 * 0         8     10                134
 * |size     |flags|zeroes (124)       |   the zeroes only without NO_ZEROES
 *
 * Data of OPT_INFO and OPT_GO           Data of OPT_LIST_ and OPT_SET_META_CONTEXT
 * 0       4      4+n   6+n              0       4      4+n     8+n
 * |n      |name  |count|info (2) ...    |n      |name  |count  |[length (4), query] ...
 * </pre>
 */
final class HandshakeWire {
    static final long GREETING_MAGIC = 0x4e42444d41474943L;
    static final long OPTION_MAGIC = 0x49484156454F5054L;
    static final long OPTION_REPLY_MAGIC = 0x0003e889045565a9L;

    static final int GREETING_BYTES = 18;
    static final int CLIENT_FLAGS_BYTES = 4;

    static final int OPTION_HEADER_BYTES = 16;
    static final int OPTION_CODE_AT = 8;
    static final int OPTION_LENGTH_AT = 12;

    static final int REPLY_HEADER_BYTES = 20;
    static final int EXPORT_NAME_ZEROES_BYTES = 124;
    static final int EXPORT_NAME_REPLY_BYTES = 10;

    /** Name length and info count: the least that OPT_INFO and OPT_GO can carry. */
    static final int INFO_MINIMUM_BYTES = 6;

    static final int STRING_LENGTH_BYTES = 4;
    static final int COUNT_BYTES = 4;
    static final int INFO_COUNT_BYTES = 2;
    static final int INFO_TYPE_BYTES = 2;

    /** The longest string that the protocol allows ("Conventions"). */
    static final int MAXIMUM_STRING_BYTES = 4096;

    /** Handshake flags and the client's flags share their bits. */
    static final int FLAG_FIXED_NEWSTYLE = 1;

    static final int FLAG_NO_ZEROES = 1 << 1;

    static final int OPT_EXPORT_NAME = 1;
    static final int OPT_ABORT = 2;
    static final int OPT_LIST = 3;
    static final int OPT_STARTTLS = 5;
    static final int OPT_INFO = 6;
    static final int OPT_GO = 7;
    static final int OPT_STRUCTURED_REPLY = 8;
    static final int OPT_LIST_META_CONTEXT = 9;
    static final int OPT_SET_META_CONTEXT = 10;
    static final int OPT_EXTENDED_HEADERS = 11;

    static final int REP_ACK = 1;
    static final int REP_SERVER = 2;
    static final int REP_INFO = 3;
    static final int REP_META_CONTEXT = 4;

    private static final int REP_ERROR = 1 << 31;
    static final int REP_ERR_UNSUP = REP_ERROR + 1;
    static final int REP_ERR_POLICY = REP_ERROR + 2;
    static final int REP_ERR_INVALID = REP_ERROR + 3;
    static final int REP_ERR_UNKNOWN = REP_ERROR + 6;
    static final int REP_ERR_SHUTDOWN = REP_ERROR + 7;
    static final int REP_ERR_TOO_BIG = REP_ERROR + 9;

    static final int INFO_EXPORT = 0;
    static final int INFO_NAME = 1;
    static final int INFO_DESCRIPTION = 2;
    static final int INFO_BLOCK_SIZE = 3;

    static final int INFO_EXPORT_BYTES = 12;
    static final int INFO_BLOCK_SIZE_BYTES = 14;

    static final int TRANSMISSION_HAS_FLAGS = 1;
    static final int TRANSMISSION_READ_ONLY = 1 << 1;
    static final int TRANSMISSION_SEND_FLUSH = 1 << 2;
    static final int TRANSMISSION_SEND_FUA = 1 << 3;
    static final int TRANSMISSION_SEND_TRIM = 1 << 5;
    static final int TRANSMISSION_SEND_WRITE_ZEROES = 1 << 6;
    static final int TRANSMISSION_SEND_DF = 1 << 7;
    static final int TRANSMISSION_CAN_MULTI_CONN = 1 << 8;
    static final int TRANSMISSION_SEND_CACHE = 1 << 10;
    static final int TRANSMISSION_SEND_FAST_ZERO = 1 << 11;

    static final String NAMESPACE_BASE = "base:";
    static final String CONTEXT_ALLOCATION = "base:allocation";

    /** The identifier that this server gives to base:allocation; any number would do. */
    static final int CONTEXT_ALLOCATION_ID = 1;

    private HandshakeWire() {}

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
