// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

/**
 * The bytes of the transmission phase ("Transmission" of the NBD protocol document). All numbers are big-endian;
 * offsets and lengths are in bytes.
 *
 * <pre>
 * Request, client to server
 * 0       4     6     8         16        24      28
 * |magic  |flags|type |cookie   |offset   |length |payload of a WRITE (length) ...
 *
 * Simple reply
 * 0       4       8         16
 * |magic  |error  |cookie   |data of a READ ...
 *
 * Structured reply chunk
 * 0       4     6     8         16      20
 * |magic  |flags|type |cookie   |length |payload ...
 *
 * Payload by type                20        28      32
 *   OFFSET_DATA                  |offset   |data ...
 *   OFFSET_HOLE                  |offset   |size   |
 *                                20      24    26
 *   ERROR                        |error  |n    |text (n)
 *   ERROR_OFFSET                 |error  |n    |text (n) |offset (8) |
 *                                20      24
 *   BLOCK_STATUS                 |context|[length (4), status (4)] ...
 * </pre>
 */
final class TransmissionWire {
    static final int REQUEST_MAGIC = 0x25609513;
    static final int SIMPLE_REPLY_MAGIC = 0x67446698;
    static final int CHUNK_MAGIC = 0x668e33ef;

    static final int REQUEST_BYTES = 28;
    static final int REQUEST_FLAGS_AT = 4;
    static final int REQUEST_TYPE_AT = 6;
    static final int REQUEST_COOKIE_AT = 8;
    static final int REQUEST_OFFSET_AT = 16;
    static final int REQUEST_LENGTH_AT = 24;

    static final int SIMPLE_REPLY_BYTES = 16;
    static final int SIMPLE_ERROR_AT = 4;
    static final int SIMPLE_COOKIE_AT = 8;

    static final int CHUNK_HEADER_BYTES = 20;
    static final int CHUNK_FLAGS_AT = 4;
    static final int CHUNK_TYPE_AT = 6;
    static final int CHUNK_COOKIE_AT = 8;
    static final int CHUNK_LENGTH_AT = 16;

    static final int CHUNK_OFFSET_BYTES = 8;
    static final int DATA_CHUNK_HEADER_BYTES = CHUNK_HEADER_BYTES + CHUNK_OFFSET_BYTES;
    static final int HOLE_CHUNK_PAYLOAD_BYTES = 12;
    static final int ERROR_CHUNK_FIXED_BYTES = 6;
    static final int CONTEXT_ID_BYTES = 4;
    static final int DESCRIPTOR_BYTES = 8;

    static final int FLAG_FUA = 1;
    static final int FLAG_NO_HOLE = 1 << 1;
    static final int FLAG_DF = 1 << 2;
    static final int FLAG_REQ_ONE = 1 << 3;
    static final int FLAG_FAST_ZERO = 1 << 4;

    static final int CHUNK_FLAG_DONE = 1;

    static final int CHUNK_NONE = 0;
    static final int CHUNK_OFFSET_DATA = 1;
    static final int CHUNK_OFFSET_HOLE = 2;
    static final int CHUNK_BLOCK_STATUS = 5;
    private static final int CHUNK_ERRORS = 1 << 15;
    static final int CHUNK_ERROR = CHUNK_ERRORS + 1;
    static final int CHUNK_ERROR_OFFSET = CHUNK_ERRORS + 2;

    static final int STATE_HOLE = 1;
    static final int STATE_ZERO = 1 << 1;

    private TransmissionWire() {}
}
