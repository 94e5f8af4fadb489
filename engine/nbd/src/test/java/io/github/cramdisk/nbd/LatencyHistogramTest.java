// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LatencyHistogramTest {
    @RegisterExtension
    final ServerFixture fixture = new ServerFixture();

    @Test
    void everyDurationFallsIntoABucketWhoseMiddleIsWithinASixteenthOfIt() {
        int before = -1;
        for (long nanos = 2048; nanos < 300_000_000_000L; nanos += Math.max(1, nanos / 40)) {
            int bucket = LatencyHistogram.bucketOf(nanos);
            assertThat(bucket).isBetween(before, LatencyHistogram.BUCKETS - 1);
            assertThat((double) LatencyHistogram.nanosOf(bucket) / nanos).isCloseTo(1, within(1 / 16.0));
            before = bucket;
        }
        assertThat(LatencyHistogram.bucketOf(-5)).isZero();
        assertThat(LatencyHistogram.bucketOf(Long.MAX_VALUE)).isEqualTo(LatencyHistogram.BUCKETS - 1);
    }

    @Test
    void percentilesAreThoseOfTheSortedDurations() {
        Random random = new Random(42);
        LatencyHistogram histogram = new LatencyHistogram();
        long[] nanos = new long[20_000];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = (long) Math.exp(8 + 2 * random.nextGaussian() + (i % 100 == 0 ? 4 : 0));
            histogram.add(nanos[i], 1);
        }
        Arrays.sort(nanos);
        long[] counts = new long[LatencyHistogram.BUCKETS];
        histogram.copyTo(counts);
        for (double share : new double[] {0.5, 0.99, 0.999}) {
            long exact = nanos[(int) Math.ceil(nanos.length * share) - 1];
            assertThat((double) LatencyHistogram.percentile(counts, share) / exact)
                    .as("p" + share * 100)
                    .isCloseTo(1, within(1 / 16.0));
        }
        assertThat(LatencyHistogram.percentile(new long[LatencyHistogram.BUCKETS], 0.5))
                .isZero();
    }

    @Test
    void everyCommandThatSucceededIsMeasuredOnce() throws IOException {
        fixture.device.fill((byte) 7);
        CommandCounters counters;
        try (NbdTestClient client = fixture.simple()) {
            for (int i = 0; i < 50; i++) {
                client.readSimple(4096L * i, 4096);
            }
            // Received in many readings, answered after the last.
            client.write(0, new byte[1 << 20]);
            client.readSimple(0, 1 << 20);
            counters = fixture.export.counters();
        }
        Awaitility.await().untilAsserted(() -> {
            assertThat(measured(counters, NbdCommand.READ)).isEqualTo(51);
            assertThat(measured(counters, NbdCommand.WRITE)).isEqualTo(1);
        });
        assertThat(counters.latencies(NbdCommand.TRIM)).isNull();
    }

    private static long measured(CommandCounters counters, NbdCommand command) {
        LatencyHistogram histogram = counters.latencies(command);
        long[] counts = new long[LatencyHistogram.BUCKETS];
        if (histogram != null) {
            histogram.copyTo(counts);
        }
        return LatencyHistogram.total(counts);
    }
}
