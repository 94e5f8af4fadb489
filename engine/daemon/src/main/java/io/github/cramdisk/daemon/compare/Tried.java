// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.compare;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Storage that is tried, as long as the sample. Used by one thread. */
interface Tried extends AutoCloseable {
    /** Writes all bytes of a direct buffer. */
    void write(long offset, ByteBuffer source, int index, int length) throws IOException;

    void read(long offset, ByteBuffer target, int index, int length) throws IOException;

    /** Bytes of memory it takes now. */
    long memoryBytes() throws IOException;

    /** Gives everything back. */
    @Override
    void close() throws IOException;
}
