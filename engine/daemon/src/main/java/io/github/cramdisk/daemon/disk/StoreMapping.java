// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.disk;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.DiskStats.BlockCounts;
import io.github.cramdisk.api.DiskStats.HistogramBucket;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.store.StoreCodec;
import io.github.cramdisk.store.StoreException;
import io.github.cramdisk.store.StoreGeometry;
import io.github.cramdisk.store.StoreSettings;
import io.github.cramdisk.store.StoreStats;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Between the words of the engine API and those of the store. */
final class StoreMapping {
    private StoreMapping() {}

    static StoreGeometry geometry(DiskSpec spec) {
        return new StoreGeometry(
                spec.size().bytes(), Math.toIntExact(spec.blockSize().bytes()));
    }

    static StoreSettings settings(DiskSpec spec) {
        return new StoreSettings(codec(spec.codec()), limitBytes(spec.ramLimit()));
    }

    static StoreCodec codec(CodecSpec codec) {
        return switch (codec.algorithm()) {
            case LZ4 -> StoreCodec.LZ4;
            case ZSTD -> StoreCodec.zstd(codec.level());
            case NONE -> StoreCodec.NONE;
        };
    }

    static long limitBytes(@Nullable ByteSize limit) {
        return limit == null ? StoreSettings.NO_LIMIT : limit.bytes();
    }

    static BlockCounts blocks(StoreStats stats) {
        return new BlockCounts(
                stats.zeroBlocks(), stats.sameFilledBlocks(), stats.rawBlocks(), stats.compressedBlocks());
    }

    static List<HistogramBucket> histogram(StoreStats stats, long blockBytes) {
        List<Long> counts = stats.storedSizeHistogram();
        List<HistogramBucket> buckets = new ArrayList<>(counts.size());
        for (int i = 0; i < counts.size(); i++) {
            buckets.add(new HistogramBucket(Math.toIntExact(blockBytes * (i + 1) / counts.size()), counts.get(i)));
        }
        return buckets;
    }

    /** What a front end is told when the store of a disk refuses or fails. */
    static CramdiskException failure(String disk, IOException e) {
        String message = String.valueOf(e.getMessage());
        if (!(e instanceof StoreException refused)) {
            return new CramdiskException(ErrorKind.INTERNAL, e, "disk " + disk + ": " + e);
        }
        return switch (refused.reason()) {
            case FULL -> new CramdiskException(ErrorKind.NOT_ENOUGH_MEMORY, e, message);
            case DAMAGED -> new CramdiskException(ErrorKind.ARENA_DAMAGED, e, disk, message);
            case BUSY, SYSTEM, UNSAFE_DIRECTORY, BEYOND_END ->
                new CramdiskException(ErrorKind.INTERNAL, e, "disk " + disk + ": " + message);
            case CLOSED -> new CramdiskException(ErrorKind.NO_SUCH_DISK, e, disk);
        };
    }
}
