// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

/**
 * The first extents of a range that is about to be read, as runs of holes and data in turn. Holes too small to be worth
 * a chunk of their own count as data. Reused; for the session thread only.
 */
final class ExtentList implements BlockDevice.ExtentVisitor {
    private static final int MAXIMUM_RUNS = 64;
    private static final int LEAST_HOLE_BYTES = 4096;

    private final long[] lengths = new long[MAXIMUM_RUNS];
    private final boolean[] zero = new boolean[MAXIMUM_RUNS];
    private int runs;
    private long left;

    /** Asks the device; afterwards there is at least one run, and all runs together cover the range or its start. */
    void load(BlockDevice device, long offsetBytes, int lengthBytes) throws DeviceException {
        runs = 0;
        left = lengthBytes;
        device.extents(offsetBytes, lengthBytes, this);
        if (runs == 0) {
            // Reading is always right; knowing holes only saves work.
            lengths[0] = lengthBytes;
            zero[0] = false;
            runs = 1;
        }
    }

    int size() {
        return runs;
    }

    int length(int run) {
        return (int) lengths[run];
    }

    boolean isZero(int run) {
        return zero[run];
    }

    @Override
    public boolean extent(long lengthBytes, boolean hole, boolean readsAsZero) {
        long length = Math.min(lengthBytes, left);
        boolean asZero = readsAsZero && length >= LEAST_HOLE_BYTES;
        if (runs > 0 && zero[runs - 1] == asZero) {
            lengths[runs - 1] += length;
        } else if (runs == MAXIMUM_RUNS) {
            return false;
        } else {
            lengths[runs] = length;
            zero[runs] = asZero;
            runs++;
        }
        left -= length;
        return left > 0;
    }
}
