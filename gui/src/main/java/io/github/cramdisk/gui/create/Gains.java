// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.create;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.DiskStats;
import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.gui.common.CostEstimate;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;
import org.jspecify.annotations.Nullable;

/** What somebody would gain on this machine, in a sentence for each purpose. */
public final class Gains {
    private static final long STEP = 1L << 30;
    /** What zram is expected to reach on the memory of programs, says the kernel's zram.rst. */
    private static final int ZRAM_RATIO = 2;

    private Gains() {}

    /**
     * @param purpose any but {@link Purpose#EXPERT}, which has no gain of its own
     * @param snapshot null while nothing is known about the machine
     */
    public static String of(Purpose purpose, @Nullable Snapshot snapshot) {
        if (snapshot == null || snapshot.memory().totalBytes() < 2 * STEP) {
            return Texts.of("create.gain." + purpose.key());
        }
        long half = Math.max(STEP, snapshot.memory().totalBytes() / 2 / STEP * STEP);
        return switch (purpose) {
            case DISK -> {
                CostEstimate cost = CostEstimate.of(
                        new ByteSize(half),
                        CodecSpec.LZ4,
                        DiskSpec.MIN_BLOCK_SIZE,
                        null,
                        snapshot.disks().stream().map(DiskStats::info).toList());
                yield Texts.of("create.gain.disk.here", Sizes.formatShort(half), cost.formatRange());
            }
            case SWAP -> Texts.of("create.gain.swap.here", Sizes.formatShort(half - half / ZRAM_RATIO));
            case SCRATCH, EXPERT -> Texts.of("create.gain." + purpose.key());
        };
    }
}
