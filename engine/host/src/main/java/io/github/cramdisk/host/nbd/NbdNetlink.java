// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.nbd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of generic netlink for network block devices: include/uapi/linux/netlink.h, genetlink.h, nbd-netlink.h.
 * Numbers are in the order of the machine; offsets and lengths are in bytes.
 *
 * <pre>
 * Message
 * 0        4       6       8       12      16       17       18      20
 * |length  |family |flags  |number |port   |command |version |0      |attributes ...
 *  nlmsghdr                                 genlmsghdr
 *
 * Attribute, padded to 4                   Error or acknowledgement (family 2)
 * 0       2       4                        16      20
 * |length |type   |payload ...             |errno, negative; 0: done| the message it is about ...
 *  the header counted in
 *
 * Sockets of CONNECT and RECONFIGURE
 * |SOCKETS, nested|  |ITEM, nested|  |FD|number of the descriptor (4)|
 * </pre>
 */
final class NbdNetlink {
    static final int HEADER_BYTES = 16;
    static final int GENERIC_HEADER_BYTES = 4;
    static final int ATTRIBUTE_HEADER_BYTES = 4;
    private static final int ALIGNMENT = 4;
    private static final int FAMILY_AT = 4;
    private static final int NUMBER_AT = 8;
    private static final int COMMAND_AT = 16;
    private static final int LONGEST_BYTES = 512;

    /** NLM_F_REQUEST and NLM_F_ACK. */
    private static final short REQUEST_WITH_ACK = 5;

    static final int TYPE_ERROR = 2;
    static final int TYPE_CONTROL = 16;

    static final int CONTROL_GETFAMILY = 3;
    private static final int CONTROL_VERSION = 2;
    static final int CONTROL_FAMILY_ID = 1;
    static final int CONTROL_FAMILY_NAME = 2;
    static final String FAMILY = "nbd";

    static final int CONNECT = 1;
    static final int DISCONNECT = 2;
    static final int RECONFIGURE = 3;
    private static final int VERSION = 1;

    static final int INDEX = 1;
    static final int SIZE_BYTES = 2;
    static final int BLOCK_SIZE_BYTES = 3;
    static final int TIMEOUT_SECONDS = 4;
    static final int SERVER_FLAGS = 5;
    static final int SOCKETS = 7;
    static final int DEAD_CONN_TIMEOUT_SECONDS = 8;
    static final int BACKEND_IDENTIFIER = 10;
    private static final int SOCKET_ITEM = 1;
    private static final int SOCKET_FD = 1;

    private static final int NESTED = 0x8000;
    private static final int TYPE_MASK = 0x3fff;

    private NbdNetlink() {}

    /** Asks for the number of the family of network block devices. */
    static byte[] getFamily(int number) {
        return message(TYPE_CONTROL, CONTROL_GETFAMILY, CONTROL_VERSION, number, body -> {
            text(body, CONTROL_FAMILY_NAME, FAMILY);
        });
    }

    /** A free device is chosen by the kernel. */
    static byte[] connect(int family, int number, NbdSettings settings, int descriptor) {
        return message(family, CONNECT, VERSION, number, body -> {
            longValue(body, SIZE_BYTES, settings.sizeBytes());
            longValue(body, BLOCK_SIZE_BYTES, settings.blockBytes());
            longValue(body, TIMEOUT_SECONDS, 0);
            longValue(body, SERVER_FLAGS, settings.serverFlags());
            longValue(body, DEAD_CONN_TIMEOUT_SECONDS, settings.deadConnectionSeconds());
            text(body, BACKEND_IDENTIFIER, settings.identifier());
            socket(body, descriptor);
        });
    }

    /** A new socket for a device; the timeout is left out, for it would set the timer of the block layer back. */
    static byte[] reconnect(int family, int number, int device, String identifier, int descriptor) {
        return message(family, RECONFIGURE, VERSION, number, body -> {
            intValue(body, INDEX, device);
            text(body, BACKEND_IDENTIFIER, identifier);
            socket(body, descriptor);
        });
    }

    static byte[] resize(int family, int number, int device, String identifier, long sizeBytes) {
        return message(family, RECONFIGURE, VERSION, number, body -> {
            intValue(body, INDEX, device);
            longValue(body, SIZE_BYTES, sizeBytes);
            text(body, BACKEND_IDENTIFIER, identifier);
        });
    }

    static byte[] disconnect(int family, int number, int device) {
        return message(family, DISCONNECT, VERSION, number, body -> intValue(body, INDEX, device));
    }

    private static byte[] message(int family, int command, int version, int number, Consumer<ByteBuffer> attributes) {
        ByteBuffer message = ByteBuffer.allocate(LONGEST_BYTES).order(ByteOrder.nativeOrder());
        message.putInt(0)
                .putShort((short) family)
                .putShort(REQUEST_WITH_ACK)
                .putInt(number)
                .putInt(0);
        message.put((byte) command).put((byte) version).putShort((short) 0);
        attributes.accept(message);
        message.putInt(0, message.position());
        byte[] bytes = new byte[message.position()];
        message.flip().get(bytes);
        return bytes;
    }

    private static void intValue(ByteBuffer body, int type, int value) {
        body.putShort((short) (ATTRIBUTE_HEADER_BYTES + Integer.BYTES)).putShort((short) type);
        body.putInt(value);
    }

    private static void longValue(ByteBuffer body, int type, long value) {
        body.putShort((short) (ATTRIBUTE_HEADER_BYTES + Long.BYTES)).putShort((short) type);
        body.putLong(value);
    }

    private static void text(ByteBuffer body, int type, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
        body.putShort((short) (ATTRIBUTE_HEADER_BYTES + bytes.length + 1)).putShort((short) type);
        body.put(bytes).put((byte) 0);
        while (body.position() % ALIGNMENT != 0) {
            body.put((byte) 0);
        }
    }

    private static void socket(ByteBuffer body, int descriptor) {
        int fd = ATTRIBUTE_HEADER_BYTES + Integer.BYTES;
        int item = ATTRIBUTE_HEADER_BYTES + fd;
        body.putShort((short) (ATTRIBUTE_HEADER_BYTES + item)).putShort((short) (SOCKETS | NESTED));
        body.putShort((short) item).putShort((short) (SOCKET_ITEM | NESTED));
        intValue(body, SOCKET_FD, descriptor);
    }

    /** A message that came in; what is cut short or lies about its length is an empty one. */
    static final class Incoming {
        private final ByteBuffer bytes;

        /** @param bytes from the begin of one message */
        Incoming(ByteBuffer bytes) {
            this.bytes = bytes.order(ByteOrder.nativeOrder());
        }

        int family() {
            return Short.toUnsignedInt(bytes.getShort(FAMILY_AT));
        }

        int number() {
            return bytes.getInt(NUMBER_AT);
        }

        int command() {
            return Byte.toUnsignedInt(bytes.get(COMMAND_AT));
        }

        /** Of a message of {@link #TYPE_ERROR}: 0 for an acknowledgement. */
        int errno() {
            return -bytes.getInt(HEADER_BYTES);
        }

        OptionalInt intAttribute(int type) {
            ByteBuffer found = attribute(type);
            return found == null || found.remaining() < Integer.BYTES
                    ? OptionalInt.empty()
                    : OptionalInt.of(found.getInt());
        }

        /** Of 16 bits. */
        OptionalInt shortAttribute(int type) {
            ByteBuffer found = attribute(type);
            return found == null || found.remaining() < Short.BYTES
                    ? OptionalInt.empty()
                    : OptionalInt.of(Short.toUnsignedInt(found.getShort()));
        }

        private @Nullable ByteBuffer attribute(int type) {
            int begin = HEADER_BYTES + GENERIC_HEADER_BYTES;
            if (bytes.limit() < begin) {
                return null;
            }
            return find(bytes.duplicate().position(begin).slice().order(ByteOrder.nativeOrder()), type);
        }

        private static @Nullable ByteBuffer find(ByteBuffer attributes, int type) {
            while (attributes.remaining() >= ATTRIBUTE_HEADER_BYTES) {
                int found = Short.toUnsignedInt(attributes.getShort(attributes.position() + Short.BYTES)) & TYPE_MASK;
                ByteBuffer payload = next(attributes);
                if (payload == null || found == type) {
                    return payload;
                }
            }
            return null;
        }

        /** The payload of the attribute that begins here; moves behind it. */
        private static @Nullable ByteBuffer next(ByteBuffer attributes) {
            int begin = attributes.position();
            int length = Short.toUnsignedInt(attributes.getShort(begin));
            if (length < ATTRIBUTE_HEADER_BYTES || length > attributes.remaining()) {
                return null;
            }
            ByteBuffer payload = attributes
                    .slice(begin + ATTRIBUTE_HEADER_BYTES, length - ATTRIBUTE_HEADER_BYTES)
                    .order(ByteOrder.nativeOrder());
            int padded = (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
            attributes.position(Math.min(attributes.limit(), begin + padded));
            return payload;
        }
    }
}
