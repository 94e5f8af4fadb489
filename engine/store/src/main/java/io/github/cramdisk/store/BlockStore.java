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
    /** A longer read is part of a copy, and no sign that its blocks are hot. */
    private static final int LONE_READ_BYTES = 16 << 10;

    private final int blockBytes;
    private final StoreFiles files;
    private final MemoryBudget budget;
    private final SlotAllocator arena;
    private final BlockTable table;
    private final Blocks blocks;
    private final ScratchPool scratches;
    private final Compactor compactor;
    private final Squeezer squeezer;
    private final Recoder recoder;
    private final int blockShift;
    private final int blockMask;
    private final BlockWriter writer;
    private final Space space;

    private BlockStore(StoreFiles files, StoreSettings settings, MemoryGate gate) {
        this.files = files;
        StoreGeometry geometry = files.geometry();
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
        this.table = new BlockTable(index, arena, blockBytes);
        this.blocks = new Blocks(table, blockBytes, settings.codec());
        this.scratches = new ScratchPool(blockBytes);
        this.compactor = new Compactor(table, arena, scratches);
        this.squeezer = new Squeezer(table, scratches, blockBytes, settings.squeezeLevel());
        this.recoder = new Recoder(blocks, table, scratches);
        this.writer = new BlockWriter(blocks, blockBytes, arena, budget, compactor, squeezer);
        this.space = new Space(files, table, blocks, writer, scratches);
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
        return space.geometry();
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
        return space.resize(sizeBytes);
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
        space.requireRange(offsetBytes, lengthBytes);
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
        space.requireRange(offsetBytes, lengthBytes);
        compactor.noteWrite();
        squeezer.noteUse();
        Scratch scratch = scratches.acquire();
        try {
            int done = 0;
            while (done < lengthBytes) {
                long position = offsetBytes + done;
                int from = (int) position & blockMask;
                int length = Math.min(lengthBytes - done, blockBytes - from);
                writer.write(scratch, position >>> blockShift, from, length, source, sourceIndex + done);
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
        space.erase(offsetBytes, lengthBytes, IndexEntry.HOLE);
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
            space.erase(offsetBytes, lengthBytes, IndexEntry.ZERO);
        }
    }

    /** Does nothing: a write that has returned is as durable as memory can be. */
    public void flush() {}

    /**
     * Describes a range from its start as extents, neighbours of the same state merged, until it ends or the visitor has
     * enough.
     */
    public void extents(long offsetBytes, long lengthBytes, ExtentVisitor visitor) throws StoreException {
        space.requireRange(offsetBytes, lengthBytes);
        if (lengthBytes > 0) {
            new ExtentScan(table, blockShift, offsetBytes, offsetBytes + lengthBytes, visitor).run();
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
        Objects.checkIndex(offsetBytes, geometry().sizeBytes());
        StoreMap map = new StoreMap(cells);
        long first = offsetBytes >>> blockShift;
        long cellBlocks = cellBytes >>> blockShift;
        long end = Math.min(geometry().blocks(), first + Math.multiplyExact(cellBlocks, cells));
        new MapScan(table, first, end, cellBlocks, map).run(mostLeaves);
        return map;
    }

    /**
     * Begins to try codecs on what is stored. The caller closes it, before this store or after.
     *
     * @param seed of the choice of parts
     */
    public CodecSample sample(List<CodecTrial> trials, long seed) {
        return new CodecSample(this, table, trials, seed);
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
        double leaves = BlockIndex.leafOf(geometry().blocks() - 1) + 1.0;
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
        recoder.expectRoom();
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
        Stripe.Sum sum = table.sum();
        long logical = Math.min(geometry().sizeBytes(), sum.blocks() << blockShift);
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
                recoder.blocksLeft(sum),
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
        compactor.pauseWhile(() -> table.exclusively(stripes -> {
            stripes[0].lockOpen();
            stripes[0].unlock();
            table.index().clear();
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
        table.exclusively(stripes -> {
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

    private void restore() throws IOException {
        table.index().restore();
        new Restore(table, arena, geometry()).run();
    }
}
