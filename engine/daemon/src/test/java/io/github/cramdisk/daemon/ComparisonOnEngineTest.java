// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.compare.Comparison;
import io.github.cramdisk.api.compare.Rival;
import io.github.cramdisk.api.job.JobInfo;
import io.github.cramdisk.api.job.JobKind;
import io.github.cramdisk.api.rpc.EngineClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Storage compared with files of a directory, through the socket of a running engine. */
class ComparisonOnEngineTest {
    private static final int FILES = 40;
    private static final int FILE_BYTES = 100_000;

    @TempDir
    Path directory;

    private TestEngine engine;
    private EngineClient client;

    @BeforeEach
    void start() throws IOException {
        engine = new TestEngine();
        engine.start();
        client = engine.connect();
        Random random = new Random(1);
        byte[] text = new byte[FILE_BYTES];
        for (int i = 0; i < FILES; i++) {
            for (int at = 0; at < text.length; at++) {
                text[at] = (byte) ('a' + random.nextInt(6));
            }
            Files.write(Files.createDirectories(directory.resolve("d" + i % 3)).resolve("f" + i), text);
        }
        // Not to be followed, and not to be waited for.
        Files.createSymbolicLink(directory.resolve("link"), directory);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        engine.close();
    }

    @Test
    void everyRivalTakesTheFilesAndNothingIsLeftBehind() {
        Comparison comparison = client.compare(directory.toString());

        assertThat(comparison.filesBytes()).isEqualTo(FILES * FILE_BYTES);
        assertThat(comparison.sampledBytes())
                .isGreaterThan(FILES * FILE_BYTES - (256 << 10))
                .isLessThanOrEqualTo(FILES * FILE_BYTES);
        assertThat(comparison.rivals())
                .filteredOn(rival -> rival.kind() != Rival.Kind.ZRAM)
                .extracting(rival -> rival.kind().text() + " " + rival.codec() + " " + rival.blockBytes())
                .containsExactly(
                        "tmpfs null 0",
                        "tmpfs-with-swap null 0",
                        "disk lz4 4096",
                        "disk zstd:3 4096",
                        "disk zstd:3 65536");
        assertThat(comparison.rivals()).allSatisfy(rival -> {
            assertThat(rival.writeMegabytesPerSecond()).isPositive();
            assertThat(rival.readMegabytesPerSecond()).isPositive();
            assertThat(rival.randomReadsPerSecond()).isPositive();
            assertThat(rival.randomWritesPerSecond()).isPositive();
            assertThat(rival.restedMemoryBytes()).isPositive().isLessThanOrEqualTo(rival.memoryBytes());
        });
        Rival tmpfs = comparison.rivals().get(0);
        assertThat(tmpfs.memoryBytes()).isEqualTo(comparison.sampledBytes());
        Rival strongest = comparison.rivals().get(comparison.rivals().size() - 1);
        assertThat(strongest.memoryBytes()).isLessThan(tmpfs.memoryBytes() * 3 / 4);
        assertThat(comparison.withoutZram() == null)
                .isEqualTo(comparison.rivals().stream().anyMatch(rival -> rival.kind() == Rival.Kind.ZRAM));
        assertNothingIsLeft();
    }

    @Test
    void aCancelledComparisonLeavesNothing() {
        CompletableFuture<Comparison> running =
                CompletableFuture.supplyAsync(() -> client.compare(directory.toString()));
        await().until(() -> !comparisons().isEmpty());
        assertThat(comparisons().get(0).cancellable()).isTrue();
        client.cancelJob(comparisons().get(0).id());
        assertThatThrownBy(running::join).cause().satisfies(e -> assertKind(e, ErrorKind.CANCELLED));
        assertNothingIsLeft();
    }

    @Test
    void whereThereAreNoFilesThatIsTold() throws IOException {
        Path empty = Files.createDirectory(directory.resolve("empty"));
        assertThatThrownBy(() -> client.compare(empty.toString()))
                .satisfies(e -> assertKind(e, ErrorKind.NOTHING_TO_COMPARE))
                .hasMessageContaining(empty.toString());
        assertThatThrownBy(() -> client.compare("/nowhere/at/all"))
                .satisfies(e -> assertKind(e, ErrorKind.INVALID_DIRECTORY))
                .hasMessageContaining("/nowhere/at/all");
        assertThatThrownBy(() -> client.compare("relative")).satisfies(e -> assertKind(e, ErrorKind.INVALID_DIRECTORY));
    }

    private List<JobInfo> comparisons() {
        return client.jobs().stream()
                .filter(job -> job.kind() == JobKind.COMPARE && job.state().isActive())
                .toList();
    }

    private void assertNothingIsLeft() {
        assertThat(engine.files().arenaDirectory().resolve("comparison")).doesNotExist();
        assertThat(client.listDisks()).isEmpty();
    }

    private static void assertKind(Throwable error, ErrorKind kind) {
        assertThat(error)
                .isInstanceOfSatisfying(
                        CramdiskException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
