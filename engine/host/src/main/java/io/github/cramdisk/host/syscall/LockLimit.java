// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.syscall;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How much memory a process may lock: RLIMIT_MEMLOCK of getrlimit(2).
 *
 * @param softBytes what counts now; {@link #UNLIMITED} for no limit
 * @param hardBytes up to which the process may raise it by itself; {@link #UNLIMITED} for no limit
 */
public record LockLimit(long softBytes, long hardBytes) {
    /** RLIM_INFINITY. */
    public static final long UNLIMITED = -1;

    public static final LockLimit NONE = new LockLimit(UNLIMITED, UNLIMITED);

    /** Size of struct rlimit64. */
    static final int BYTES = 2 * Long.BYTES;

    static LockLimit read(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        return new LockLimit(buffer.getLong(), buffer.getLong());
    }

    byte[] bytes() {
        return ByteBuffer.allocate(BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(softBytes)
                .putLong(hardBytes)
                .array();
    }
}
