// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class ManyClientsTest {
    private static final int CLIENTS = 8;
    private static final int REQUESTS = 150;
    private static final int SHARE_BYTES = ServerFixture.SIZE_BYTES / CLIENTS;

    @RegisterExtension
    final ServerFixture fixture = new ServerFixture();

    @Test
    void clientsOnTheirOwnPartsOfOneExportNeverSeeEachOthersData() throws Exception {
        long seed = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int number = i;
                clients.add(threads.submit(() -> {
                    work(number, new Random(seed + number));
                    return null;
                }));
            }
            for (Future<?> client : clients) {
                client.get();
            }
        } catch (Exception | AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        } finally {
            threads.shutdownNow();
        }
        assertThat(fixture.export.counters().tally(NbdCommand.READ).errors()).isZero();
    }

    @Test
    void lengthsOfFourGibibytesPassWhole() throws IOException {
        HugeDevice huge = new HugeDevice();
        fixture.exports.add(new Export("huge", "", false, huge));
        long length = 0xffffffffL - 4095;
        long offset = huge.sizeBytes() - length;
        try (NbdTestClient client = NbdTestClient.structured(fixture.socket(), "huge")) {
            assertThat(client.simpleError(NbdTestClient.TRIM, 0, offset, length))
                    .isZero();
            assertThat(client.simpleError(NbdTestClient.WRITE_ZEROES, 0, offset, length))
                    .isZero();
            assertThat(client.simpleError(NbdTestClient.CACHE, 0, offset, length))
                    .isZero();
            client.request(NbdTestClient.BLOCK_STATUS, 0, offset, length);
            NbdTestClient.Chunk status = client.chunk();
            assertThat(status.payload().capacity()).isEqualTo(12);
            assertThat(Integer.toUnsignedLong(status.payload().getInt(4))).isEqualTo(length);
        }
        assertThat(huge.cleared)
                .containsExactly(new HugeDevice.Range(offset, length), new HugeDevice.Range(offset, length));
    }

    private void work(int number, Random random) throws IOException {
        byte[] model = new byte[SHARE_BYTES];
        long base = (long) number * SHARE_BYTES;
        boolean structured = number % 2 == 0;
        try (NbdTestClient client = structured ? fixture.structured() : fixture.simple()) {
            for (int i = 0; i < REQUESTS; i++) {
                int length = 1 + random.nextInt(random.nextInt(3) == 0 ? SHARE_BYTES : 10_000);
                int offset = random.nextInt(SHARE_BYTES - length + 1);
                switch (random.nextInt(4)) {
                    case 0 -> {
                        byte[] data = new byte[length];
                        random.nextBytes(data);
                        client.write(base + offset, data);
                        System.arraycopy(data, 0, model, offset, length);
                    }
                    case 1 -> {
                        int command = random.nextBoolean() ? NbdTestClient.TRIM : NbdTestClient.WRITE_ZEROES;
                        assertThat(client.simpleError(command, 0, base + offset, length))
                                .isZero();
                        Arrays.fill(model, offset, offset + length, (byte) 0);
                    }
                    default -> {
                        byte[] data = structured
                                ? client.readStructured(base + offset, length, 0)
                                : client.readSimple(base + offset, length);
                        assertThat(Arrays.equals(data, 0, length, model, offset, offset + length))
                                .as("client %d, read at %d of %d", number, offset, length)
                                .isTrue();
                    }
                }
            }
        }
    }
}
