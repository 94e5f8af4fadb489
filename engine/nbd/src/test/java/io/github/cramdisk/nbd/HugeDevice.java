// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** 16 TiB of zeroes that remember which long ranges were trimmed and zeroed, and describe at most 1 GiB at a time. */
final class HugeDevice implements BlockDevice {
    private static final long SIZE_BYTES = 16L << 40;
    private static final long MOST_BYTES_AT_ONCE = 1L << 30;

    record Range(long offset, long length) {}

    final List<Range> cleared = Collections.synchronizedList(new ArrayList<>());

    @Override
    public long sizeBytes() {
        return SIZE_BYTES;
    }

    @Override
    public int preferredBlockBytes() {
        return 4096;
    }

    @Override
    public void read(long offsetBytes, int lengthBytes, ByteBuffer target, int targetIndex) {
        for (int i = 0; i < lengthBytes; i++) {
            target.put(targetIndex + i, (byte) 0);
        }
    }

    @Override
    public void write(long offsetBytes, int lengthBytes, ByteBuffer source, int sourceIndex) throws DeviceException {
        throw new DeviceException(NbdError.ENOSPC, "no room for anything");
    }

    @Override
    public void trim(long offsetBytes, long lengthBytes) {
        cleared.add(new Range(offsetBytes, lengthBytes));
    }

    @Override
    public void zero(long offsetBytes, long lengthBytes, boolean mayTrim) {
        cleared.add(new Range(offsetBytes, lengthBytes));
    }

    @Override
    public void flush() {}

    @Override
    public void extents(long offsetBytes, long lengthBytes, ExtentVisitor visitor) {
        visitor.extent(Math.min(lengthBytes, MOST_BYTES_AT_ONCE), true, true);
    }
}
