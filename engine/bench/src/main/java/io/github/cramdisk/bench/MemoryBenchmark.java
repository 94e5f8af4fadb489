// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.bench;

import io.github.cramdisk.store.arena.ArenaMapping;
import io.github.cramdisk.store.arena.MemoryBudget;
import io.github.cramdisk.store.arena.Purpose;
import io.github.cramdisk.store.arena.SlotAllocator;
import io.github.cramdisk.store.index.BlockIndex;
import java.io.IOException;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The two parts of the store that say where a block lies: the allocator of slots, and the index. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx64m", "-XX:MaxDirectMemorySize=128m"})
public class MemoryBenchmark {
    private static final int BLOCKS = 1 << 18;
    private static final int LARGEST_GRANULES = 258;
    private static final int SLOTS = 1 << 14;

    private Path directory;
    private ArenaMapping arenaFile;
    private ArenaMapping indexFile;
    private SlotAllocator arena;
    private BlockIndex index;
    private final long[] addresses = new long[SLOTS];
    private final int[] sizes = new int[SLOTS];

    /** Takes slots of every size, and all leaves of an index of 1 GiB. */
    @Setup(Level.Trial)
    public void fill() throws IOException {
        directory = Files.createTempDirectory(Path.of("/dev/shm"), "cramdisk-bench");
        MemoryBudget budget = new MemoryBudget(bytes -> true, Long.MAX_VALUE);
        arenaFile = ArenaMapping.open(directory.resolve("arena"), SlotAllocator.MAX_BYTES, true, false);
        indexFile = ArenaMapping.open(directory.resolve("index"), BlockIndex.maxFileBytes(BLOCKS), true, false);
        arena = new SlotAllocator(arenaFile, budget, LARGEST_GRANULES, LARGEST_GRANULES);
        index = new BlockIndex(indexFile, budget, BLOCKS);
        for (int i = 0; i < SLOTS; i++) {
            sizes[i] = 1 + i % LARGEST_GRANULES;
            addresses[i] = arena.allocate(sizes[i], Purpose.FRESH);
        }
        for (long block = 0; block < BLOCKS; block++) {
            index.ensureLeaf(block, Purpose.FRESH);
            index.put(block, block);
        }
    }

    /** Removes the files. */
    @TearDown(Level.Trial)
    public void remove() throws IOException {
        arenaFile.destroy();
        indexFile.destroy();
        Files.delete(directory);
    }

    /** A slot freed and taken again, as each overwriting does. */
    @Benchmark
    public long slot() {
        int i = ThreadLocalRandom.current().nextInt(SLOTS);
        arena.free(addresses[i], sizes[i]);
        addresses[i] = arena.allocate(sizes[i], Purpose.REPLACE);
        return addresses[i];
    }

    /** An entry looked up. */
    @Benchmark
    public long look() {
        return index.get(ThreadLocalRandom.current().nextInt(BLOCKS));
    }

    /** An entry published. */
    @Benchmark
    public void publish() {
        int block = ThreadLocalRandom.current().nextInt(BLOCKS);
        index.put(block, block);
    }
}
