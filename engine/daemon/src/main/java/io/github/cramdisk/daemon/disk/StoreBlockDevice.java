// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.disk;

import io.github.cramdisk.nbd.BlockDevice;
import io.github.cramdisk.nbd.DeviceException;
import io.github.cramdisk.nbd.NbdError;
import io.github.cramdisk.store.BlockStore;
import io.github.cramdisk.store.StoreException;
import io.github.cramdisk.store.arena.Shortage;
import java.nio.ByteBuffer;

/**
 * A store as the NBD server sees it: same calls, errors as NBD errors, an event for each error worth one, and a limit that
 * rises, if it may, before a request is told that there is no room.
 */
final class StoreBlockDevice implements BlockDevice {
    private final BlockStore store;
    private final EffectiveLimit limit;
    private final DiskEvents events;

    StoreBlockDevice(BlockStore store, EffectiveLimit limit, DiskEvents events) {
        this.store = store;
        this.limit = limit;
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
        while (true) {
            long seen = limit.bytes();
            try {
                store.write(offsetBytes, lengthBytes, source, sourceIndex);
                return;
            } catch (StoreException e) {
                if (!hasGrown(e, seen)) {
                    throw failure("write", offsetBytes, lengthBytes, e);
                }
            }
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
        while (true) {
            long seen = limit.bytes();
            try {
                store.zero(offsetBytes, lengthBytes, mayTrim);
                return;
            } catch (StoreException e) {
                if (!hasGrown(e, seen)) {
                    throw failure("write zeroes", offsetBytes, lengthBytes, e);
                }
            }
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

    private boolean hasGrown(StoreException e, long seenBytes) {
        return e.reason() == StoreException.Reason.FULL && store.shortage() == Shortage.LIMIT && limit.raise(seenBytes);
    }

    private DeviceException failure(String request, long offsetBytes, long lengthBytes, StoreException e) {
        return switch (e.reason()) {
            case FULL -> new DeviceException(NbdError.ENOSPC, "no memory for another block");
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
