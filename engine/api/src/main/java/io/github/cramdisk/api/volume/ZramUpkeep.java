// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pass over what is stored in a zram device: recompress, then write back, then mark all that is left as idle, so that
 * the next pass finds as idle what was not used in between.
 *
 * @param recompress which pages to compress with the device's further algorithms; empty: none. Needs {@link
 *     ZramSpec#recompression}
 * @param writeBack which pages to move to the backing device; empty: none. Needs {@link ZramSpec#backingDevice}
 * @param writeBackAtMost most that this pass may write there, because flash wears out; null: no limit
 * @param keepMarks do not mark anything as idle
 */
public record ZramUpkeep(
        List<ZramPages> recompress,
        List<ZramPages> writeBack,
        @Nullable ByteSize writeBackAtMost,
        boolean keepMarks) {
    /** @throws CramdiskException {@link ErrorKind#INVALID_ZRAM_OPTION} */
    public ZramUpkeep {
        recompress = recompress == null ? List.of() : List.copyOf(recompress);
        writeBack = writeBack == null ? List.of() : List.copyOf(writeBack);
        if (writeBackAtMost != null && writeBackAtMost.compareTo(ZramSpec.SIZE_STEP) < 0) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ZRAM_OPTION,
                    "write-back of at most " + writeBackAtMost.formatExact(),
                    "Use " + ZramSpec.SIZE_STEP.formatExact() + " or more.");
        }
        if (writeBackAtMost != null && writeBack.isEmpty()) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ZRAM_OPTION, "limit on write-back", "Nothing is to be written back.");
        }
        if (recompress.isEmpty() && writeBack.isEmpty() && keepMarks) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ZRAM_OPTION, "upkeep", "It would do nothing: recompress, write back or mark.");
        }
    }

    /** What serves a device with these means: idle and huge pages recompressed, then idle ones written back. */
    public static ZramUpkeep of(boolean canRecompress, boolean canWriteBack) {
        return new ZramUpkeep(
                canRecompress ? List.of(ZramPages.IDLE, ZramPages.HUGE) : List.of(),
                canWriteBack ? List.of(ZramPages.IDLE) : List.of(),
                null,
                false);
    }

    /** @throws CramdiskException {@link ErrorKind#INVALID_ZRAM_OPTION} where the device lacks what it needs */
    public void check(boolean hasAlgorithms, boolean hasBackingDevice) {
        if (!recompress.isEmpty() && !hasAlgorithms) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ZRAM_OPTION,
                    "recompression",
                    "It was made without an algorithm for it; that is chosen when a device is made"
                            + " (--recompress-algorithm zstd).");
        }
        if (!writeBack.isEmpty() && !hasBackingDevice) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ZRAM_OPTION,
                    "write-back",
                    "It was made without a backing device; that is chosen when a device is made"
                            + " (--backing-device /dev/...).");
        }
    }
}
