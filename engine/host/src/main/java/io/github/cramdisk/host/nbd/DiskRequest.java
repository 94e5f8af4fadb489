// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.nbd;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.ErrorKind;

/**
 * A disk that is to become a device, with what was negotiated over its connection.
 *
 * @param engine as in {@link AttachedDisk}
 * @param flags transmission flags of the NBD protocol
 */
public record DiskRequest(String disk, String engine, long sizeBytes, int flags) {
    /** Smallest unit of the device. Larger is refused by Linux 6.1. */
    public static final int BLOCK_BYTES = 4096;
    /** HAS_FLAGS; no other flag means anything without it. */
    private static final int HAS_FLAGS = 1;

    private static final int CAN_MULTI_CONN = 0x100;
    private static final int SIXTEEN_BITS = 0xffff;

    /** @throws CramdiskException {@link ErrorKind#INVALID_ARGUMENT} */
    public DiskRequest {
        AttachedDisk.check(disk, engine);
        boolean size =
                sizeBytes >= BLOCK_BYTES && sizeBytes <= DiskSpec.MAX_SIZE.bytes() && sizeBytes % BLOCK_BYTES == 0;
        if (!size || (flags & HAS_FLAGS) == 0 || (flags & ~SIXTEEN_BITS) != 0) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ARGUMENT, "A disk cannot have " + sizeBytes + " bytes and flags " + flags + ".");
        }
    }

    /** The flags for a device with a single connection: several would end each other when one is slow. */
    int kernelFlags() {
        return flags & ~CAN_MULTI_CONN;
    }
}
