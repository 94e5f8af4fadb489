// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.testmachine.Requirements;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code kill -9} of the engine while clients write. */
final class CrashIT {
    private static final int WRITERS = 3;
    private static final long REGION_BYTES = 16L << 20;
    private static final int KILLS = 10;
    private static final int MANY_KILLS = 100;
    /** The launcher gives up where one engine after the other dies within 3 s of its start. */
    private static final double LONG_LIFE_SECONDS = 4;

    private static final int LONG_LIFE_ONE_IN = 12;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Promised: a second on a free machine. Here the writers, the restart and other work share the processors. */
    private static final Duration LONGEST_ABSENCE = Duration.ofSeconds(10);

    private static final Duration MEDIAN_ABSENCE = Duration.ofSeconds(2);

    @RegisterExtension
    final EngineFixture engine = new EngineFixture();

    @BeforeAll
    static void requirePrograms() {
        Requirements.programs("nbdsh");
    }

    @ParameterizedTest
    @CsvSource({"lz4,4K,4096"})
    void noAcknowledgedWriteIsLost(String codec, String blockSize, int blockBytes) throws Exception {
        killWhileWriting(codec, blockSize, blockBytes, KILLS);
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({"zstd:3,4K,4096", "lz4,8K,8192", "zstd:1,16K,16384", "zstd:3,32K,32768", "lz4,64K,65536"})
    void noAcknowledgedWriteIsLostWithOtherCodecsAndBlocks(String codec, String blockSize, int blockBytes)
            throws Exception {
        killWhileWriting(codec, blockSize, blockBytes, KILLS);
    }

    @Tag("long")
    @Tag("soak")
    @Test
    void noAcknowledgedWriteIsLostInAHundredKills() throws Exception {
        killWhileWriting("lz4", "4K", 4096, MANY_KILLS);
    }

    /** With squeezing, compaction, other sizes and other codecs besides. */
    private void killWhileWriting(String codec, String blockSize, int blockBytes, int kills) throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        String uri = engine.createDisk("t", "1G", "--codec", codec, "--block-size", blockSize);
        Path socket = engine.runtimeDirectory().resolve("nbd.sock");
        List<VerifyingWriter> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            // Apart from each other, so that they share index leaves but no block.
            writers.add(new VerifyingWriter(
                    socket, "t", i * 2L * REGION_BYTES, REGION_BYTES, blockBytes, random.nextLong()));
        }
        Meddler meddler = new Meddler(
                engine.runtimeDirectory().resolve("engine.sock"), "t", ByteSize.ofGibi(1), random.nextLong());
        ExecutorService executor = Executors.newFixedThreadPool(WRITERS + 1);
        List<Long> absences = new ArrayList<>();
        try {
            List<Future<?>> runs = new ArrayList<>();
            writers.forEach(writer -> runs.add(executor.submit(writer)));
            runs.add(executor.submit(meddler));
            for (int kill = 0; kill < kills; kill++) {
                awaitProgress(writers, runs, kill, 200 + random.nextInt(2000));
                if (kill % LONG_LIFE_ONE_IN == LONG_LIFE_ONE_IN - 1) {
                    await().atMost(PATIENCE).until(() -> uptimeSeconds() > LONG_LIFE_SECONDS);
                }
                engine.kill();
                absences.add(awaitServing(socket));
            }
            await().atMost(PATIENCE).until(() -> meddler.didEach(1));
            awaitProgress(writers, runs, kills, 200);
            meddler.finish();
            writers.forEach(VerifyingWriter::finish);
            for (Future<?> run : runs) {
                run.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        } finally {
            executor.shutdownNow();
        }

        long acknowledged =
                writers.stream().mapToLong(VerifyingWriter::acknowledged).sum();
        List<Long> sorted = absences.stream().sorted().toList();
        System.out.printf(
                "%s %s: killed %d times, %d requests acknowledged, serving again after %s ms; %s%n",
                codec, blockSize, kills, acknowledged, sorted, meddler);
        assertThat(sorted.get(kills - 1)).isLessThan(LONGEST_ABSENCE.toMillis());
        assertThat(sorted.get(kills / 2)).isLessThan(MEDIAN_ABSENCE.toMillis());

        assertThat(engine.json("disk", "show", "t").get("uri").asText()).isEqualTo(uri);
        assertAllFollowsTheCodec();
        assertNothingLeaked(
                uri, writers.stream().mapToLong(VerifyingWriter::blocksWithData).sum());
    }

    @Test
    void engineComesBackWithItsDisksWhenNobodyIsConnected() {
        String uri = engine.createDisk("t", "64M");
        engine.createDisk("untouched", "16T");
        NbdShell.run(uri, "h.pwrite(b'kept' * 5000, 777)").succeeded();
        long pid = engine.process().pid();

        engine.kill();

        await().atMost(PATIENCE).until(() -> engine.engines().stream().anyMatch(process -> process.pid() != pid));
        assertThat(engine.json("disk", "list")).hasSize(2);
        NbdShell.run(uri, "assert h.pread(20000, 777) == b'kept' * 5000").succeeded();
    }

    /** Whatever codecs the blocks had when engines were killed. */
    private void assertAllFollowsTheCodec() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            engine.json("disk", "squeeze", "t");
            assertThat(engine.number("t", "otherCodecBytes")).isZero();
        });
    }

    /** Every slot belongs to a block with data, and all memory comes back when the blocks are dropped. */
    private void assertNothingLeaked(String uri, long blocksWithData) {
        JsonNode blocks = engine.json("disk", "stats", "t").get("blocks");
        assertThat(blocks.get("raw").asLong()
                        + blocks.get("compressed").asLong()
                        + blocks.get("squeezed").asLong())
                .as("blocks with a slot; %s", blocks)
                .isEqualTo(blocksWithData);
        long stored = engine.number("t", "storedBytes");
        assertThat(stored).isPositive();

        NbdShell.run(uri, "h.trim(h.get_size(), 0)").succeeded();

        assertThat(engine.number("t", "storedBytes")).isZero();
        assertThat(engine.number("t", "logicalBytes")).isZero();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(engine.number("t", "residentBytes")).isLessThan(8L << 20));
    }

    private double uptimeSeconds() {
        return engine.json("engine", "status").get("uptimeSeconds").asDouble();
    }

    /** Until every writer has verified what the last engine left, and then written so much more. */
    private static void awaitProgress(List<VerifyingWriter> writers, List<Future<?>> runs, int kills, long more) {
        long[] before =
                writers.stream().mapToLong(VerifyingWriter::acknowledged).toArray();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> {
            boolean enough = true;
            for (int i = 0; i < writers.size(); i++) {
                if (runs.get(i).isDone()) {
                    runs.get(i).get(); // a writer ends early only by finding something wrong
                }
                enough &=
                        writers.get(i).verifications() > kills && writers.get(i).acknowledged() >= before[i] + more;
            }
            return enough;
        });
    }

    /** Milliseconds until a client has an answer under the same address. */
    private static long awaitServing(Path socket) {
        long killed = System.nanoTime();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .pollDelay(Duration.ZERO)
                .until(() -> {
                    try (NbdClient client = new NbdClient(socket, "t")) {
                        return client.read(0, 4096).length == 4096;
                    } catch (IOException e) {
                        return false;
                    }
                });
        return (System.nanoTime() - killed) / 1_000_000;
    }
}
