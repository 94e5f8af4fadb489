// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.bench;

import io.github.cramdisk.store.codec.BlockCodec;
import io.github.cramdisk.store.codec.Lz4Codec;
import io.github.cramdisk.store.codec.ZstdCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
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

/** Compressing and restoring one block after the other of real files. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx64m", "-XX:MaxDirectMemorySize=128m"})
public class CodecBenchmark {
    private static final int SIZE_BYTES = 32 << 20;
    private static final int ZSTD_LEVEL = 3;

    @Param({"4096", "65536"})
    int blockBytes;

    @Param({"lz4", "zstd"})
    String codec = "lz4";

    private BlockCodec worker;
    private ByteBuffer corpus;
    private ByteBuffer stored;
    private ByteBuffer plain;
    private int storedLength;
    private int at;

    /** Makes the codec and one compressed block. */
    @Setup(Level.Trial)
    public void prepare() throws IOException {
        if (codec.equals("zstd")) {
            ZstdCodec zstd = new ZstdCodec();
            zstd.setLevel(ZSTD_LEVEL);
            worker = zstd;
        } else {
            worker = new Lz4Codec();
        }
        corpus = Corpus.first(SIZE_BYTES);
        stored = ByteBuffer.allocateDirect(worker.bound(blockBytes));
        plain = ByteBuffer.allocateDirect(blockBytes);
        storedLength = worker.compress(corpus, SIZE_BYTES / 2, blockBytes, stored, 0, stored.capacity());
    }

    /** Frees the codec. */
    @TearDown(Level.Trial)
    public void close() {
        worker.close();
    }

    /** The next block. */
    @Benchmark
    public int compress() {
        at = (at + blockBytes) % SIZE_BYTES;
        storedLength = worker.compress(corpus, at, blockBytes, stored, 0, stored.capacity());
        return storedLength;
    }

    /** The same block again. */
    @Benchmark
    public boolean restore() {
        return worker.decompress(stored, 0, storedLength, plain, 0, blockBytes);
    }
}
