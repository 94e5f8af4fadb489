// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.bench;

import io.github.cramdisk.store.BlockStore;
import io.github.cramdisk.store.MemoryGate;
import io.github.cramdisk.store.StoreCodec;
import io.github.cramdisk.store.StoreGeometry;
import io.github.cramdisk.store.StoreSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Random reads and overwrites of whole blocks of a store that is filled with the Java runtime's own files: code and
 * data that compress like a root file system. With {@code -prof gc} it shows what a request allocates.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx64m", "-XX:MaxDirectMemorySize=128m"})
public class StoreBenchmark {
    private static final int SIZE_BYTES = 64 << 20;

    @Param({"4096", "8192", "16384", "32768", "65536"})
    int blockBytes;

    @Param({"LZ4", "ZSTD"})
    StoreCodec.Algorithm codec = StoreCodec.Algorithm.LZ4;

    private Path directory;
    private BlockStore store;
    private ByteBuffer corpus;

    /** A thread's own buffer. */
    @State(Scope.Thread)
    public static class Buffer {
        final ByteBuffer bytes = ByteBuffer.allocateDirect(StoreGeometry.MAX_BLOCK_BYTES);
    }

    /** Fills a fresh store. */
    @Setup(Level.Trial)
    public void fill() throws IOException {
        directory = Files.createTempDirectory(Path.of("/dev/shm"), "cramdisk-bench");
        StoreCodec storeCodec = codec == StoreCodec.Algorithm.ZSTD ? StoreCodec.zstd(3) : new StoreCodec(codec, 0);
        store = BlockStore.create(
                directory,
                "bench",
                new StoreGeometry(SIZE_BYTES, blockBytes),
                new StoreSettings(storeCodec, StoreSettings.NO_LIMIT),
                MemoryGate.OPEN);
        corpus = Corpus.first(SIZE_BYTES);
        store.write(0, SIZE_BYTES, corpus, 0);
    }

    /** Removes the store. */
    @TearDown(Level.Trial)
    public void remove() throws IOException {
        store.destroy();
        Files.delete(directory);
    }

    /** One block read and decoded. */
    @Benchmark
    public void read(Buffer buffer) throws IOException {
        store.read(randomOffset(), blockBytes, buffer.bytes, 0);
    }

    /** One block compressed and written over another. */
    @Benchmark
    public void overwrite() throws IOException {
        store.write(randomOffset(), blockBytes, corpus, (int) randomOffset());
    }

    private long randomOffset() {
        return (long) ThreadLocalRandom.current().nextInt(SIZE_BYTES / blockBytes) * blockBytes;
    }
}
