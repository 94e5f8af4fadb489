// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.io.IOException;

/** Answers BLOCK_STATUS for base:allocation. For the session thread only. */
final class BlockStatus implements BlockDevice.ExtentVisitor {
    /** Bounds one reply to 16 KiB; the client asks on from where it ends. */
    private static final int MAXIMUM_DESCRIPTORS = 2048;

    /** Bounds the work where the device stops early each time. */
    private static final int MAXIMUM_QUERIES = 64;

    private static final int PREFIX_BYTES = TransmissionWire.CHUNK_HEADER_BYTES + TransmissionWire.CONTEXT_ID_BYTES;

    private final BlockDevice device;
    private final ReplyOutput out;

    private int descriptorAt;
    private int descriptors;
    private int maximum;
    private long left;
    private long runLength;
    private int runStatus;

    BlockStatus(BlockDevice device, ReplyOutput out) {
        this.device = device;
        this.out = out;
    }

    /** Adds the reply; nothing is added if the device fails. */
    void reply(long cookie, long offsetBytes, long lengthBytes, boolean onlyOne) throws IOException, DeviceException {
        maximum = onlyOne ? 1 : MAXIMUM_DESCRIPTORS;
        out.makeRoom(PREFIX_BYTES + maximum * TransmissionWire.DESCRIPTOR_BYTES);
        descriptorAt = out.end() + PREFIX_BYTES;
        descriptors = 0;
        left = lengthBytes;
        runLength = 0;
        for (int query = 0; left > 0 && descriptors < maximum && query < MAXIMUM_QUERIES; query++) {
            long before = left;
            device.extents(offsetBytes + (lengthBytes - left), left, this);
            if (left == before) {
                break;
            }
        }
        if (runLength == 0 && descriptors == 0) {
            throw new DeviceException(NbdError.EIO, "the device described nothing");
        }
        putRun();
        int payload = TransmissionWire.CONTEXT_ID_BYTES + descriptors * TransmissionWire.DESCRIPTOR_BYTES;
        out.addChunkHeader(TransmissionWire.CHUNK_FLAG_DONE, TransmissionWire.CHUNK_BLOCK_STATUS, cookie, payload);
        out.addInt(HandshakeWire.CONTEXT_ALLOCATION_ID);
        out.added(descriptors * TransmissionWire.DESCRIPTOR_BYTES);
    }

    @Override
    public boolean extent(long lengthBytes, boolean hole, boolean zero) {
        int status = (hole ? TransmissionWire.STATE_HOLE : 0) | (zero ? TransmissionWire.STATE_ZERO : 0);
        if (runLength > 0 && status != runStatus) {
            putRun();
            if (descriptors == maximum) {
                return false;
            }
        }
        long length = Math.min(lengthBytes, left);
        runStatus = status;
        runLength += length;
        left -= length;
        return left > 0;
    }

    private void putRun() {
        if (runLength > 0) {
            // At most the length asked for, which came as 32 bits.
            out.bytes().putInt(descriptorAt, (int) runLength);
            out.bytes().putInt(descriptorAt + Integer.BYTES, runStatus);
            descriptorAt += TransmissionWire.DESCRIPTOR_BYTES;
            descriptors++;
            runLength = 0;
        }
    }
}
