// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.nio.ByteBuffer;

/**
 * What the server serves: a fixed number of bytes that can be read and written at any byte offset.
 *
 * <p>Every method may be called by several threads at once. Ranges are validated by the server before the call: offset
 * and length are not negative and end within {@link #sizeBytes()} as it was then. Buffers are direct, and only the bytes named by the
 * call are touched; position and limit are neither used nor changed. A write, trim or zero that has returned survives
 * the death of the process. Overlapping calls may take effect in any order, block by block.
 */
public interface BlockDevice {

    /** Logical size in bytes. May change while clients are connected; a call beyond it then fails with EINVAL. */
    long sizeBytes();

    /** Preferred request size for clients (INFO_BLOCK_SIZE), a power of two, at least 512 bytes. */
    int preferredBlockBytes();

    void read(long offsetBytes, int lengthBytes, ByteBuffer target, int targetIndex) throws DeviceException;

    void write(long offsetBytes, int lengthBytes, ByteBuffer source, int sourceIndex) throws DeviceException;

    /** Forgets the range; it reads as zeroes afterwards. Length up to the size of the device. */
    void trim(long offsetBytes, long lengthBytes) throws DeviceException;

    /**
     * Makes the range read as zeroes.
     *
     * @param mayTrim whether the range may become a hole (NBD_CMD_FLAG_NO_HOLE not set)
     */
    void zero(long offsetBytes, long lengthBytes, boolean mayTrim) throws DeviceException;

    /** Returns when all writes that have returned are as durable as the device can make them. */
    void flush() throws DeviceException;

    /**
     * Describes the range from its start as consecutive extents, neighbours of the same state merged, until the range
     * ends or the visitor has enough. May stop early to bound the work of one call, after at least one extent.
     */
    void extents(long offsetBytes, long lengthBytes, ExtentVisitor visitor) throws DeviceException;

    /** Receives extents in order. */
    @FunctionalInterface
    interface ExtentVisitor {
        /**
         * @param lengthBytes at least 1
         * @param hole nothing is allocated for it (NBD_STATE_HOLE)
         * @param zero it reads as zeroes (NBD_STATE_ZERO)
         * @return whether to go on
         */
        boolean extent(long lengthBytes, boolean hole, boolean zero);
    }
}
