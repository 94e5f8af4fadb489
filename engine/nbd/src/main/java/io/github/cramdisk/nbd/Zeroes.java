// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.nio.ByteBuffer;

/** Looks for ranges that are all zero. */
final class Zeroes {
    private Zeroes() {}

    /** Whether every byte of the range is zero. Data that is not zero mostly shows at once, at the first or last bytes. */
    static boolean fill(ByteBuffer bytes, int index, int length) {
        int end = index + length;
        int longs = end - Long.BYTES;
        if (length >= Long.BYTES && (bytes.getLong(index) | bytes.getLong(longs)) != 0) {
            return false;
        }
        int at = index;
        for (; at <= longs; at += Long.BYTES) {
            if (bytes.getLong(at) != 0) {
                return false;
            }
        }
        for (; at < end; at++) {
            if (bytes.get(at) != 0) {
                return false;
            }
        }
        return true;
    }
}
