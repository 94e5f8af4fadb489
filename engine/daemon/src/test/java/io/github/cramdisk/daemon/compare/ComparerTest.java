// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.compare.Comparison;
import io.github.cramdisk.api.compare.Rival;
import io.github.cramdisk.api.job.JobKind;
import io.github.cramdisk.api.volume.Volumes;
import io.github.cramdisk.daemon.job.Jobs;
import io.github.cramdisk.store.MemoryGate;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparerTest {
    private static final long AVAILABLE = 1L << 30;

    @TempDir
    private Path arenas;

    @TempDir
    private Path files;

    private final Jobs jobs = new Jobs();

    @BeforeEach
    void writeFiles() throws IOException {
        byte[] half = new byte[3 << 20];
        new Random(1).nextBytes(half);
        Arrays.fill(half, half.length / 2, half.length, (byte) 7);
        Files.write(files.resolve("a"), half);
        Files.createDirectory(files.resolve("below"));
        Files.write(files.resolve("below/b"), half);
    }

    @Test
    void comparesAndLeavesNothingBehind() {
        try (Comparer comparer = comparer(MemoryGate.OPEN)) {
            Comparison comparison = compare(comparer);

            assertThat(comparison.filesBytes()).isEqualTo(6 << 20);
            assertThat(comparison.rivals())
                    .extracting(Rival::kind)
                    .startsWith(Rival.Kind.TMPFS, Rival.Kind.TMPFS_WITH_SWAP, Rival.Kind.DISK);
            assertThat(comparison.withoutZram()).isNotNull();
            assertThat(arenas).isEmptyDirectory();
        }
    }

    @Test
    void whatAKilledEngineLeftIsRemovedByTheNext() throws IOException {
        Path left = Files.createDirectory(arenas.resolve("comparison"));
        Files.writeString(left.resolve("sample"), "left");

        try (Comparer comparer = comparer(MemoryGate.OPEN)) {
            assertThat(arenas).isEmptyDirectory();
            assertThat(compare(comparer).sampledBytes()).isPositive();
        }
    }

    @Test
    void anEngineThatStopsEndsTheComparison() throws Exception {
        CountDownLatch underWay = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Comparer comparer = comparer(holdingAt(underWay, closed));
        CompletableFuture<Comparison> comparison = CompletableFuture.supplyAsync(() -> compare(comparer));
        underWay.await();

        CompletableFuture<Void> closing = CompletableFuture.runAsync(comparer::close);
        assertThatThrownBy(() -> compare(comparer)).isInstanceOf(CramdiskException.class);
        closed.countDown();
        closing.join();

        assertEndsCancelled(comparison);
        assertThat(arenas).isEmptyDirectory();
    }

    @Test
    void oneThatWaitsForAnotherCanBeCancelled() throws Exception {
        CountDownLatch underWay = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (Comparer comparer = comparer(holdingAt(underWay, goOn))) {
            CompletableFuture<Comparison> first = CompletableFuture.supplyAsync(() -> compare(comparer));
            underWay.await();
            CompletableFuture<Comparison> second = CompletableFuture.supplyAsync(() -> compare(comparer));
            await().until(() -> jobs.list().size() == 2);

            jobs.cancel(jobs.list().stream().mapToLong(job -> job.id()).max().orElseThrow());

            assertEndsCancelled(second);
            assertThat(first).isNotDone();
            goOn.countDown();
            assertThat(first.join().sampledBytes()).isPositive();
        }
    }

    private static void assertEndsCancelled(CompletableFuture<Comparison> comparison) {
        assertThatThrownBy(comparison::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        CramdiskException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED));
    }

    /** Lets the first piece of memory for a disk wait. */
    private static MemoryGate holdingAt(CountDownLatch reached, CountDownLatch goOn) {
        return bytes -> {
            reached.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return true;
        };
    }

    private Comparison compare(Comparer comparer) {
        return jobs.run(
                JobKind.COMPARE,
                files.toString(),
                Jobs.Cancelling.HEEDED,
                job -> comparer.compare(files.toString(), AVAILABLE, job));
    }

    private Comparer comparer(MemoryGate gate) {
        Volumes none = (Volumes) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Volumes.class}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
        return new Comparer(new Comparer.Place(arenas, gate, none, false));
    }
}
