// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.disk;

import io.github.cramdisk.nbd.BlockDevice;
import io.github.cramdisk.nbd.DeviceException;
import io.github.cramdisk.nbd.NbdError;
import io.github.cramdisk.store.BlockStore;
import io.github.cramdisk.store.StoreException;
import java.nio.ByteBuffer;

/** A store as the NBD server sees it: same calls, errors as NBD errors, and an event for each error worth one. */
final class StoreBlockDevice implements BlockDevice {
    private final BlockStore store;
    private final DiskEvents events;

    StoreBlockDevice(BlockStore store, DiskEvents events) {
        this.store = store;
        this.events = events;
    }

    @Override
    public long sizeBytes() {
        return store.geometry().sizeBytes();
    }

    @Override
    public int preferredBlockBytes() {
        return store.geometry().blockBytes();
    }

    @Override
    public void read(long offsetBytes, int lengthBytes, ByteBuffer target, int targetIndex) throws DeviceException {
        try {
            store.read(offsetBytes, lengthBytes, target, targetIndex);
        } catch (StoreException e) {
            throw failure("read", offsetBytes, lengthBytes, e);
        }
    }

    @Override
    public void write(long offsetBytes, int lengthBytes, ByteBuffer source, int sourceIndex) throws DeviceException {
        try {
            store.write(offsetBytes, lengthBytes, source, sourceIndex);
        } catch (StoreException e) {
            throw failure("write", offsetBytes, lengthBytes, e);
        }
    }

    @Override
    public void trim(long offsetBytes, long lengthBytes) throws DeviceException {
        try {
            store.trim(offsetBytes, lengthBytes);
        } catch (StoreException e) {
            throw failure("trim", offsetBytes, lengthBytes, e);
        }
    }

    @Override
    public void zero(long offsetBytes, long lengthBytes, boolean mayTrim) throws DeviceException {
        try {
            store.zero(offsetBytes, lengthBytes, mayTrim);
        } catch (StoreException e) {
            throw failure("write zeroes", offsetBytes, lengthBytes, e);
        }
    }

    @Override
    public void flush() {
        store.flush();
    }

    @Override
    public void extents(long offsetBytes, long lengthBytes, ExtentVisitor visitor) throws DeviceException {
        try {
            store.extents(offsetBytes, lengthBytes, visitor::extent);
        } catch (StoreException e) {
            throw failure("block status", offsetBytes, lengthBytes, e);
        }
    }

    private DeviceException failure(String request, long offsetBytes, long lengthBytes, StoreException e) {
        return switch (e.reason()) {
            case FULL -> {
                events.full(e);
                yield new DeviceException(NbdError.ENOSPC, "no memory for another block");
            }
            case BEYOND_END ->
                new DeviceException(NbdError.EINVAL, "beyond the end of the disk, which was made smaller");
            case CLOSED -> new DeviceException(NbdError.ESHUTDOWN, "the disk is gone");
            case DAMAGED, BUSY, UNSAFE_DIRECTORY, SYSTEM -> {
                events.failed(request, offsetBytes, lengthBytes, e);
                yield new DeviceException(NbdError.EIO, String.valueOf(e.getMessage()));
            }
        };
    }
}
