// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import io.github.cramdisk.store.StoreException.Reason;
import io.github.cramdisk.store.arena.MemoryBudget;
import io.github.cramdisk.store.arena.Shortage;
import io.github.cramdisk.store.arena.SlotAllocator;
import io.github.cramdisk.store.index.BlockIndex;
import io.github.cramdisk.store.index.IndexEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/**
 * A compressed block store: the bytes of one disk, in an index file and an arena file on tmpfs.
 *
 * <p>Any thread may call any method at any time. Reads and writes have byte granularity; a block is always the old or the
 * new one, also when the process is killed, and what a returned write has written is there when the store is opened
 * again. Buffers are direct; only the range named is touched, position and limit are not used. Every method throws
 * {@link StoreException}, with {@link Reason#CLOSED} after {@link #close} or {@link #destroy}.
 *
 * <p>Memory layout, invariants and locks: {@code engine/docs/block-store.md}.
 */
public final class BlockStore implements AutoCloseable {
    /** How often a writer tries again after room was made; others may have been quicker to take it. */
    private static final int MAX_ATTEMPTS = 8;
    /** A longer read is part of a copy, and no sign that its blocks are hot. */
    private static final int LONE_READ_BYTES = 16 << 10;

    private final int blockBytes;
    private final StoreFiles files;
    private final MemoryBudget budget;
    private final SlotAllocator arena;
    private final Blocks blocks;
    private final ScratchPool scratches;
    private final Compactor compactor;
    private final Squeezer squeezer;
    private final Recoder recoder;
    private final int blockShift;
    private final int blockMask;
    private volatile StoreGeometry geometry;
    /**
     * Held for reading while a range is erased: what is whole at the end of the disk depends on where the end is. Taken
     * before any stripe.
     */
    private final StampedLock endLock = new StampedLock();

    private BlockStore(StoreFiles files, StoreSettings settings, MemoryGate gate) {
        this.files = files;
        this.geometry = files.geometry();
        this.blockShift = geometry.blockShift();
        this.blockBytes = geometry.blockBytes();
        this.blockMask = blockBytes - 1;
        this.budget = new MemoryBudget(gate::allows, settings.ramLimitBytes());
        budget.adopt(StoreHeader.BYTES);
        this.arena = new SlotAllocator(
                files.arena(),
                budget,
                SlotLayout.granulesFor(blockBytes),
                SlotLayout.granulesFor(IndexEntry.MAX_GROUP_BYTES));
        BlockIndex index = new BlockIndex(files.index(), budget, geometry.maxBlocks());
        this.blocks = new Blocks(index, arena, blockBytes, settings.codec());
        blocks.setSizeBytes(geometry.sizeBytes());
        this.scratches = new ScratchPool(blockBytes);
        this.compactor = new Compactor(blocks, arena, scratches);
        this.squeezer = new Squeezer(blocks, scratches, blockBytes, settings.squeezeLevel());
        this.recoder = new Recoder(blocks, scratches);
    }

    /**
     * Creates an empty store.
     *
     * @param name of the files in the directory; must not hold a slash
     * @throws IOException when there are such files already, or they cannot be made; nothing is left behind then
     */
    public static BlockStore create(
            Path directory, String name, StoreGeometry geometry, StoreSettings settings, MemoryGate gate)
            throws IOException {
        BlockStore store = new BlockStore(StoreFiles.create(directory, name, geometry), settings, gate);
        CompactionThread.shared().add(store.compactor);
        return store;
    }

    /**
     * Opens a store that was closed, or whose engine died.
     *
     * @throws StoreException {@link Reason#DAMAGED} when it is not a whole store of this version; nothing is changed then
     */
    public static BlockStore open(Path directory, String name, StoreSettings settings, MemoryGate gate)
            throws IOException {
        StoreFiles files = StoreFiles.open(directory, name);
        try {
            BlockStore store = new BlockStore(files, settings, gate);
            store.restore();
            CompactionThread.shared().add(store.compactor);
            return store;
        } catch (IOException | RuntimeException e) {
            files.close();
            throw e;
        }
    }

    /** Whether there is a store of this name, whole or not. */
    public static boolean exists(Path directory, String name) {
        return StoreFiles.exists(directory, name);
    }

    /** The names of all stores in the directory, whole or not. */
    public static List<String> list(Path directory) throws IOException {
        return StoreFiles.list(directory);
    }

    /** Removes a store that is not open, whole or not. Does nothing when there is none. */
    public static void delete(Path directory, String name) throws IOException {
        StoreFiles.delete(directory, name);
    }

    /** The shape as it is now. */
    public StoreGeometry geometry() {
        return geometry;
    }

    /**
     * Changes the logical size while the store is in use. What is added reads as zeroes; what is cut off must read as
     * zeroes. A request that is under way beyond a new end fails with {@link Reason#BEYOND_END}.
     *
     * @return empty when it is done; else the smallest size that would keep what is stored, and nothing has changed
     * @throws StoreException {@link Reason#DAMAGED} when the block at the new end cannot be read
     * @throws IllegalArgumentException when the size is out of its range
     */
    public OptionalLong resize(long sizeBytes) throws IOException {
        StoreGeometry resized = geometry.withSize(sizeBytes);
        Scratch scratch = scratches.acquire();
        long stamp = endLock.writeLock();
        try {
            // A look without stopping anybody first: it may take long where much is stored.
            OptionalLong kept = usedBeyond(sizeBytes, scratch);
            if (kept.isEmpty()) {
                AtomicReference<OptionalLong> result = new AtomicReference<>(kept);
                blocks.exclusively(stripes -> {
                    stripes[0].lockOpen();
                    stripes[0].unlock();
                    result.setPlain(resizeAlone(resized, scratch));
                });
                kept = result.getPlain();
            }
            return kept;
        } finally {
            endLock.unlockWrite(stamp);
            scratches.release(scratch);
        }
    }

    /** Killed in between, a store that becomes smaller has lost zeroes only, and still has its old size. */
    private OptionalLong resizeAlone(StoreGeometry resized, Scratch scratch) throws IOException {
        OptionalLong kept = usedBeyond(resized.sizeBytes(), scratch);
        if (kept.isEmpty()) {
            if (resized.sizeBytes() < geometry.sizeBytes()) {
                eraseBlocks(scratch, resized.blocks(), geometry.blocks(), IndexEntry.HOLE);
            }
            StoreHeader.replace(files.index(), resized);
            blocks.setSizeBytes(resized.sizeBytes());
            geometry = resized;
        }
        return kept;
    }

    private OptionalLong usedBeyond(long sizeBytes, Scratch scratch) throws StoreException {
        StoreGeometry now = geometry;
        if (sizeBytes >= now.sizeBytes()) {
            return OptionalLong.empty();
        }
        long end = new UsedEnd(blocks, now, scratch).after(sizeBytes);
        return end > sizeBytes ? OptionalLong.of(end) : OptionalLong.empty();
    }

    /**
     * Reads bytes; what was never written reads as zeroes.
     *
     * @throws StoreException {@link Reason#DAMAGED} when stored bytes are not what was written
     * @throws IndexOutOfBoundsException when offset or length is negative
     */
    public void read(long offsetBytes, int lengthBytes, ByteBuffer target, int targetIndex) throws StoreException {
        squeezer.noteUse();
        Reading reading = lengthBytes <= LONE_READ_BYTES ? Reading.ALONE : Reading.COPYING;
        read(offsetBytes, lengthBytes, target, targetIndex, reading);
    }

    /** @param reading what that says of the blocks */
    void read(long offsetBytes, int lengthBytes, ByteBuffer target, int targetIndex, Reading reading)
            throws StoreException {
        requireRange(offsetBytes, lengthBytes);
        Scratch scratch = scratches.acquire();
        try {
            int done = 0;
            while (done < lengthBytes) {
                long position = offsetBytes + done;
                int from = (int) position & blockMask;
                int length = Math.min(lengthBytes - done, blockBytes - from);
                blocks.read(scratch, position >>> blockShift, from, length, target, targetIndex + done, reading);
                done += length;
            }
        } finally {
            scratches.release(scratch);
        }
    }

    /**
     * Writes bytes. When it fails in the middle, earlier blocks are written and later ones are as they were.
     *
     * @throws StoreException {@link Reason#FULL} when there is no memory for a block; {@link Reason#DAMAGED} when a block
     *     to be changed in part cannot be read
     * @throws IndexOutOfBoundsException when offset or length is negative
     */
    public void write(long offsetBytes, int lengthBytes, ByteBuffer source, int sourceIndex) throws StoreException {
        requireRange(offsetBytes, lengthBytes);
        compactor.noteWrite();
        squeezer.noteUse();
        Scratch scratch = scratches.acquire();
        try {
            int done = 0;
            while (done < lengthBytes) {
                long position = offsetBytes + done;
                int from = (int) position & blockMask;
                int length = Math.min(lengthBytes - done, blockBytes - from);
                writeBlock(scratch, position >>> blockShift, from, length, source, sourceIndex + done);
                done += length;
            }
        } finally {
            scratches.release(scratch);
        }
    }

    /**
     * Forgets a range: it reads as zeroes and its memory is free.
     *
     * @throws IndexOutOfBoundsException when offset or length is negative
     */
    public void trim(long offsetBytes, long lengthBytes) throws StoreException {
        long before = arena.liveBytes();
        erase(offsetBytes, lengthBytes, IndexEntry.HOLE);
        compactor.noteTrim(Math.max(0, before - arena.liveBytes()));
    }

    /**
     * Makes a range read as zeroes.
     *
     * @param mayTrim whether it may become a hole; otherwise its blocks count as written
     */
    public void zero(long offsetBytes, long lengthBytes, boolean mayTrim) throws StoreException {
        if (mayTrim) {
            trim(offsetBytes, lengthBytes);
        } else {
            erase(offsetBytes, lengthBytes, IndexEntry.ZERO);
        }
    }

    /** Does nothing: a write that has returned is as durable as memory can be. */
    public void flush() {}

    /**
     * Describes a range from its start as extents, neighbours of the same state merged, until it ends or the visitor has
     * enough.
     */
    public void extents(long offsetBytes, long lengthBytes, ExtentVisitor visitor) throws StoreException {
        requireRange(offsetBytes, lengthBytes);
        if (lengthBytes > 0) {
            new ExtentScan(blocks, blockShift, offsetBytes, offsetBytes + lengthBytes, visitor).run();
        }
    }

    /**
     * Tells how a range is used, in cells.
     *
     * @param offsetBytes multiple of the block size
     * @param cellBytes length of a cell, a multiple of the block size; what of the last cell lies behind the store is empty
     * @throws IndexOutOfBoundsException when the first cell does not begin within the store
     */
    public StoreMap map(long offsetBytes, long cellBytes, int cells) throws StoreException {
        return map(offsetBytes, cellBytes, cells, MapScan.MOST_LEAVES);
    }

    /** @param mostLeaves leaves to read; where there are more, numbers are estimates */
    StoreMap map(long offsetBytes, long cellBytes, int cells, long mostLeaves) throws StoreException {
        Objects.checkIndex(offsetBytes, geometry.sizeBytes());
        StoreMap map = new StoreMap(cells);
        long first = offsetBytes >>> blockShift;
        long cellBlocks = cellBytes >>> blockShift;
        long end = Math.min(geometry.blocks(), first + Math.multiplyExact(cellBlocks, cells));
        new MapScan(blocks, first, end, cellBlocks, map).run(mostLeaves);
        return map;
    }

    /**
     * Begins to try codecs on what is stored. The caller closes it, before this store or after.
     *
     * @param seed of the choice of parts
     */
    public CodecSample sample(List<CodecTrial> trials, long seed) {
        return new CodecSample(this, blocks, trials, seed);
    }

    /**
     * Sets the codec of blocks that are not squeezed: at once of what is written from now on, and bit by bit, on the
     * {@link SqueezeThread}, of what is stored ({@link StoreStats#otherCodecBlocks} tells how much is left). Where that makes
     * blocks larger it ends when three quarters of the RAM limit are used.
     */
    public void setCodec(StoreCodec codec) {
        blocks.setCodec(codec);
        recoder.begin();
    }

    /**
     * Sets the zstd level with which cold blocks are squeezed from now on, 1 to 19, or 0 for not at all; what is squeezed
     * stays so until it is used.
     */
    public void setSqueezeLevel(int level) {
        squeezer.setLevel(level);
    }

    /**
     * Goes on by one leaf of the index with what is done in the background, squeezing cold blocks and bringing others into the
     * present codec; whether there is more to do at once.
     */
    boolean squeezeStep(long nowNanos) throws StoreException {
        boolean recoding = recoder.step(nowNanos);
        return squeezer.step(nowNanos) || recoding;
    }

    /**
     * Squeezes all blocks at once, cold or not, and brings those where that gives nothing into the present codec. Takes a core
     * about 20 s a GiB at level 9.
     *
     * @param level zstd level, 1 to 19
     * @param progress told the share that is done, 0 to 1, many times a second; false to stop
     * @return bytes by which slots in use have become smaller
     */
    public long squeeze(int level, SqueezeProgress progress) throws IOException {
        double leaves = BlockIndex.leafOf(geometry.blocks() - 1) + 1.0;
        long saved = squeezer.squeezeAll(level, leaf -> {
            recoder.recodeLeaf(leaf);
            return progress.goOn(Math.min(1, (leaf + 1) / leaves));
        });
        compactor.compact();
        return saved;
    }

    /** Told how far squeezing is. */
    @FunctionalInterface
    public interface SqueezeProgress {
        /**
         * @param share that is done, 0 to 1
         * @return false to stop
         */
        boolean goOn(double share);
    }

    /**
     * Sets the cap on resident bytes; below what is used now it refuses growth and takes nothing away.
     *
     * @param bytes {@link StoreSettings#NO_LIMIT} for none
     */
    public void setRamLimitBytes(long bytes) {
        budget.setLimitBytes(bytes);
    }

    /** What there was too little of when a write was refused last. */
    public Shortage shortage() {
        return budget.shortage();
    }

    /** At how many resident bytes new data are refused: the RAM limit without the reserve for overwriting and moving. */
    public long capForDataBytes() {
        return budget.capForDataBytes();
    }

    /** Memory held by arena and index; takes nanoseconds. */
    public long residentBytes() {
        return budget.usedBytes();
    }

    /** The store in numbers; takes microseconds. */
    public StoreStats stats() {
        Stripe.Sum sum = blocks.sum();
        long logical = Math.min(geometry.sizeBytes(), sum.blocks() << blockShift);
        List<Long> histogram = Arrays.stream(sum.histogram).boxed().toList();
        return new StoreStats(
                logical,
                sum.storedBytes,
                budget.usedBytes(),
                arena.committedBytes(),
                arena.liveBytes(),
                sum.zero,
                sum.sameFilled,
                sum.raw,
                sum.compressed,
                sum.squeezed,
                blocks.blocksInOtherCodec(sum),
                histogram);
    }

    /**
     * Gives memory that lies free inside back to the machine, as far as it goes. Takes about a second a GiB at most.
     *
     * @return bytes by which resident memory fell
     */
    public long compact() throws IOException {
        long before = budget.usedBytes();
        compactor.compact();
        return Math.max(0, before - budget.usedBytes());
    }

    /** Makes the store empty. */
    public void clear() throws IOException {
        compactor.pauseWhile(() -> blocks.exclusively(stripes -> {
            stripes[0].lockOpen();
            stripes[0].unlock();
            blocks.index().clear();
            arena.clear();
            for (Stripe stripe : stripes) {
                stripe.clearCounts();
            }
        }));
    }

    /** Closes the store and keeps its data. */
    @Override
    public void close() throws IOException {
        end(StoreFiles::close);
    }

    /** Closes the store and removes its data. */
    public void destroy() throws IOException {
        end(StoreFiles::destroy);
    }

    /** Nobody touches the mapped memory any more when the ending runs, and nobody can begin to. */
    private void end(Ending ending) throws IOException {
        CompactionThread.shared().remove(compactor);
        squeezer.close();
        compactor.close();
        blocks.exclusively(stripes -> {
            if (stripes[0].isClosed()) {
                return;
            }
            for (Stripe stripe : stripes) {
                stripe.close();
            }
            ending.end(files);
        });
        scratches.close();
    }

    private interface Ending {
        void end(StoreFiles files) throws IOException;
    }

    /** The end may move at any time, so a range beyond it is no mistake of the caller. */
    private void requireRange(long offsetBytes, long lengthBytes) throws StoreException {
        Objects.checkFromIndexSize(offsetBytes, lengthBytes, Long.MAX_VALUE);
        if (offsetBytes > geometry.sizeBytes() - lengthBytes) {
            throw new StoreException(
                    Reason.BEYOND_END,
                    offsetBytes + " and " + lengthBytes + " more bytes are beyond the end of the disk");
        }
    }

    private void writeBlock(
            Scratch scratch, long block, int from, int length, @Nullable ByteBuffer source, int sourceIndex)
            throws StoreException {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            long wonBefore = compactor.wonBytes();
            if (tryWriteBlock(scratch, block, from, length, source, sourceIndex)) {
                return;
            }
            if (!makeRoom(wonBefore)) {
                break;
            }
        }
        throw full();
    }

    private boolean tryWriteBlock(
            Scratch scratch, long block, int from, int length, @Nullable ByteBuffer source, int sourceIndex)
            throws StoreException {
        if (source != null && length == blockBytes) {
            return blocks.write(scratch, block, source, sourceIndex);
        }
        return blocks.merge(scratch, block, from, length, source, sourceIndex);
    }

    private void erase(long offsetBytes, long lengthBytes, long entry) throws StoreException {
        long stamp = endLock.readLock();
        try {
            requireRange(offsetBytes, lengthBytes);
            eraseRange(offsetBytes, lengthBytes, entry);
        } finally {
            endLock.unlockRead(stamp);
        }
    }

    private void eraseRange(long offsetBytes, long lengthBytes, long entry) throws StoreException {
        StoreGeometry now = geometry;
        long end = offsetBytes + lengthBytes;
        long firstWhole = (offsetBytes + blockMask) >>> blockShift;
        // The last block of the store may reach beyond its end; it is whole when the range goes up to the end.
        long endWhole = end == now.sizeBytes() ? now.blocks() : end >>> blockShift;
        Scratch scratch = scratches.acquire();
        try {
            long headEnd = Math.min(end, firstWhole << blockShift);
            if (offsetBytes < headEnd) {
                zeroPart(scratch, offsetBytes, headEnd);
            }
            eraseBlocks(scratch, firstWhole, endWhole, entry);
            long tail = Math.max(headEnd, endWhole << blockShift);
            if (tail < end) {
                zeroPart(scratch, tail, end);
            }
        } finally {
            scratches.release(scratch);
        }
    }

    private void zeroPart(Scratch scratch, long offsetBytes, long endBytes) throws StoreException {
        int from = (int) offsetBytes & blockMask;
        writeBlock(scratch, offsetBytes >>> blockShift, from, (int) (endBytes - offsetBytes), null, 0);
    }

    private void eraseBlocks(Scratch scratch, long first, long end, long entry) throws StoreException {
        BlockIndex index = blocks.index();
        long block = first;
        while (block < end) {
            long leaf = BlockIndex.leafOf(block);
            // Asked once: a leaf that a writer makes in between must not send us back to its first block.
            long present = index.nextLeaf(leaf);
            if (entry == IndexEntry.HOLE && present > leaf) {
                block = present << BlockIndex.LEAF_SHIFT;
                continue;
            }
            long leafStart = leaf << BlockIndex.LEAF_SHIFT;
            long leafEnd = Math.min(leafStart + BlockIndex.LEAF_BLOCKS, geometry.blocks());
            long to = Math.min(end, leafEnd);
            try {
                if (!blocks.erase(scratch, block, to, entry, block == leafStart && to == leafEnd)) {
                    throw full();
                }
            } catch (IOException e) {
                throw StoreException.of(e);
            }
            block = to;
        }
    }

    /**
     * Compacts, and squeezes if that was not enough, on the thread of a writer that found no room.
     *
     * @param wonBefore {@link Compactor#wonBytes} before the writer looked
     * @return whether there may be room now, be it that another thread has made it meanwhile
     */
    private boolean makeRoom(long wonBefore) throws StoreException {
        try {
            if (arena.reclaimableBytes() > 0) {
                compactor.makeRoom();
            }
            return compactor.wonBytes() != wonBefore || squeezer.makeRoom() > 0;
        } catch (IOException e) {
            throw StoreException.of(e);
        }
    }

    private StoreException full() {
        return new StoreException(
                Reason.FULL, "no memory for another block: " + budget.usedBytes() + " bytes are used");
    }

    private void restore() throws IOException {
        blocks.index().restore();
        new Restore(blocks, arena, geometry).run();
    }
}
