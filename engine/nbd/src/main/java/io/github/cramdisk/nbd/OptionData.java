// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.nio.charset.StandardCharsets;

/**
 * Reads the data of one option, all of which has been received. Every length in it is checked against what is left
 * before anything is taken.
 */
final class OptionData {
    /** The data does not add up; answered with ERR_INVALID. */
    static final class Malformed extends Exception {
        Malformed(String message) {
            super(message, null, false, false);
        }
    }

    private final InputBuffer in;
    private int left;

    OptionData(InputBuffer in, int lengthBytes) {
        this.in = in;
        this.left = lengthBytes;
    }

    int left() {
        return left;
    }

    int takeShort() throws Malformed {
        need(Short.BYTES);
        int value = Short.toUnsignedInt(in.bytes().getShort(in.start()));
        advance(Short.BYTES);
        return value;
    }

    long takeInt() throws Malformed {
        need(Integer.BYTES);
        long value = Integer.toUnsignedLong(in.bytes().getInt(in.start()));
        advance(Integer.BYTES);
        return value;
    }

    /** A string behind its 32-bit length. */
    String takeString() throws Malformed {
        return takeText(takeInt());
    }

    /** A string of the length given. */
    String takeText(long length) throws Malformed {
        if (length > left) {
            throw new Malformed("a string is longer than the option");
        }
        if (length > HandshakeWire.MAXIMUM_STRING_BYTES) {
            throw new Malformed("a string is longer than 4096 bytes");
        }
        byte[] text = new byte[(int) length];
        in.bytes().get(in.start(), text);
        advance(text.length);
        // Malformed UTF-8 becomes a name that nothing has.
        return new String(text, StandardCharsets.UTF_8);
    }

    void end() throws Malformed {
        if (left > 0) {
            throw new Malformed("data behind the end of the option");
        }
    }

    /** Steps over what has not been taken. */
    void skipRest() {
        advance(left);
    }

    private void need(int count) throws Malformed {
        if (left < count) {
            throw new Malformed("the option is too short");
        }
    }

    private void advance(int count) {
        in.consume(count);
        left -= count;
    }
}
