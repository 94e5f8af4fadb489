// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.compare;

import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.compare.Rival;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What every rival does: take the sample, give it back, then read and write blocks at random for a moment. Only the time in
 * the storage itself counts. Used by one thread.
 */
final class Race {
    /** What is written and read at a time; the length of a sample is a multiple of it. */
    static final int PIECE_BYTES = 256 << 10;

    private static final int BLOCK_BYTES = 4 << 10;
    private static final long RANDOM_NANOS = TimeUnit.MILLISECONDS.toNanos(700);
    /** Requests between two looks at the clock. */
    private static final int REQUESTS_AT_ONCE = 64;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MEGABYTE = 1e6;

    private final FileChannel sample;
    private final long sampleBytes;
    private final ByteBuffer piece = newPiece();
    private final SplittableRandom random = new SplittableRandom(1);

    /** How far a rival is. */
    @FunctionalInterface
    interface Progress {
        /** @param share that is done, 0 to 1; may throw to stop */
        void done(double share);
    }

    /** What a rival has shown. */
    record Result(long memoryBytes, double write, double read, double randomReads, double randomWrites) {
        Rival asRival(Rival.Kind kind, @Nullable CodecSpec codec, long blockBytes, long restedMemoryBytes) {
            return new Rival(
                    kind, codec, blockBytes, memoryBytes, restedMemoryBytes, write, read, randomReads, randomWrites);
        }
    }

    /** One of the two directions. */
    @FunctionalInterface
    private interface Request {
        void at(long offset, int index, int length) throws IOException;
    }

    Race(FileChannel sample, long sampleBytes) {
        this.sample = sample;
        this.sampleBytes = sampleBytes;
    }

    long sampleBytes() {
        return sampleBytes;
    }

    /** A buffer that a block device takes without copying, too. */
    static ByteBuffer newPiece() {
        return ByteBuffer.allocateDirect(PIECE_BYTES + BLOCK_BYTES)
                .alignedSlice(BLOCK_BYTES)
                .limit(PIECE_BYTES)
                .slice();
    }

    Result run(Tried tried, Progress progress) throws IOException {
        double write =
                sequential(true, (offset, index, length) -> tried.write(offset, piece, index, length), progress, 0);
        long memory = tried.memoryBytes();
        double read =
                sequential(false, (offset, index, length) -> tried.read(offset, piece, index, length), progress, 0.5);
        double reads = atRandom((offset, index, length) -> tried.read(offset, piece, index, length), progress);
        double writes = atRandom((offset, index, length) -> tried.write(offset, piece, index, length), progress);
        return new Result(memory, write, read, reads, writes);
    }

    /** Megabytes a second. */
    private double sequential(boolean filled, Request request, Progress progress, double from) throws IOException {
        long nanos = 0;
        for (long offset = 0; offset < sampleBytes; offset += PIECE_BYTES) {
            progress.done(from + offset / 2.0 / sampleBytes);
            if (filled) {
                fill(offset);
            }
            long began = System.nanoTime();
            request.at(offset, 0, PIECE_BYTES);
            nanos += System.nanoTime() - began;
        }
        return sampleBytes / MEGABYTE / (nanos / NANOS_PER_SECOND);
    }

    /** Requests a second. */
    private double atRandom(Request request, Progress progress) throws IOException {
        fill(0);
        long began = System.nanoTime();
        long requests = 0;
        while (System.nanoTime() - began < RANDOM_NANOS) {
            progress.done(1);
            for (int i = 0; i < REQUESTS_AT_ONCE; i++) {
                int index = random.nextInt(PIECE_BYTES / BLOCK_BYTES) * BLOCK_BYTES;
                request.at(random.nextLong(sampleBytes / BLOCK_BYTES) * BLOCK_BYTES, index, BLOCK_BYTES);
            }
            requests += REQUESTS_AT_ONCE;
        }
        return requests / ((System.nanoTime() - began) / NANOS_PER_SECOND);
    }

    private void fill(long offset) throws IOException {
        piece.clear();
        while (piece.hasRemaining() && sample.read(piece, offset + piece.position()) >= 0) {
            // until it is full
        }
        piece.clear();
    }
}
