// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.disk;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.DiskStats.BlockCounts;
import io.github.cramdisk.api.DiskStats.HistogramBucket;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.WaitingWrites;
import io.github.cramdisk.api.insight.DiskMap;
import io.github.cramdisk.api.insight.Series;
import io.github.cramdisk.nbd.Export;
import io.github.cramdisk.store.BlockStore;
import io.github.cramdisk.store.StoreCodec;
import io.github.cramdisk.store.StoreException;
import io.github.cramdisk.store.StoreGeometry;
import io.github.cramdisk.store.StoreMap;
import io.github.cramdisk.store.StoreSettings;
import io.github.cramdisk.store.StoreStats;
import io.github.cramdisk.store.arena.Shortage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Between the words of the engine API and those of the store. */
final class StoreMapping {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private StoreMapping() {}

    static StoreGeometry geometry(DiskSpec spec) {
        return new StoreGeometry(
                spec.size().bytes(), Math.toIntExact(spec.blockSize().bytes()));
    }

    static StoreSettings settings(DiskSpec spec) {
        return new StoreSettings(
                codec(spec.codec()), limitBytes(spec.ramLimit()), spec.squeeze().level());
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

    static WaitingWrites waiting(Export.Waiting waiting, Shortage shortage) {
        long waitedMillis = (System.nanoTime() - waiting.sinceNanos()) / NANOS_PER_MILLI;
        return new WaitingWrites(
                waiting.writes(),
                waiting.bytes(),
                System.currentTimeMillis() - waitedMillis,
                switch (shortage) {
                    case LIMIT -> WaitingWrites.Shortage.RAM_LIMIT;
                    case TMPFS -> WaitingWrites.Shortage.ARENA;
                    case MACHINE -> WaitingWrites.Shortage.MACHINE;
                });
    }

    static BlockCounts blocks(StoreStats stats) {
        return new BlockCounts(
                stats.zeroBlocks(),
                stats.sameFilledBlocks(),
                stats.rawBlocks(),
                stats.compressedBlocks(),
                stats.squeezedBlocks());
    }

    static List<HistogramBucket> histogram(StoreStats stats, long blockBytes) {
        List<Long> counts = stats.storedSizeHistogram();
        List<HistogramBucket> buckets = new ArrayList<>(counts.size());
        for (int i = 0; i < counts.size(); i++) {
            buckets.add(new HistogramBucket(Math.toIntExact(blockBytes * (i + 1) / counts.size()), counts.get(i)));
        }
        return buckets;
    }

    /**
     * The map that was asked for: cells of whole blocks, no more than there are blocks in the range.
     *
     * @throws CramdiskException {@link ErrorKind#INVALID_ARGUMENT} where the range does not begin within the disk
     */
    static DiskMap map(BlockStore store, DiskMap.Query query) throws StoreException {
        long size = store.geometry().sizeBytes();
        int block = store.geometry().blockBytes();
        if (query.offsetBytes() >= size) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ARGUMENT,
                    "Disk \"" + query.name() + "\" ends at " + new ByteSize(size).formatExact()
                            + "; there is nothing at offset " + new ByteSize(query.offsetBytes()).formatExact() + ".");
        }
        long offset = query.offsetBytes() / block * block;
        long wanted = query.lengthBytes() == 0 ? size - offset : query.lengthBytes();
        long length = Math.min(wanted, size - offset);
        long blocks = (length + block - 1) / block;
        long cellBlocks = (blocks + query.cells() - 1) / query.cells();
        int cells = Math.toIntExact((blocks + cellBlocks - 1) / cellBlocks);
        StoreMap map = store.map(offset, cellBlocks * block, cells);
        return new DiskMap(
                query.name(),
                size,
                offset,
                length,
                cellBlocks * block,
                block,
                map.sampled(),
                Series.of(map.usedBlocks()),
                Series.of(map.freeBlocks()),
                Series.of(map.rawBlocks()),
                Series.of(map.squeezedBlocks()),
                Series.of(map.storedBytes()));
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
