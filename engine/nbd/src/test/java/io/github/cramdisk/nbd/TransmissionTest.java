// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import static io.github.cramdisk.nbd.NbdTestClient.BLOCK_STATUS;
import static io.github.cramdisk.nbd.NbdTestClient.CACHE;
import static io.github.cramdisk.nbd.NbdTestClient.DISC;
import static io.github.cramdisk.nbd.NbdTestClient.EIO;
import static io.github.cramdisk.nbd.NbdTestClient.ENOSPC;
import static io.github.cramdisk.nbd.NbdTestClient.ESHUTDOWN;
import static io.github.cramdisk.nbd.NbdTestClient.FLUSH;
import static io.github.cramdisk.nbd.NbdTestClient.READ;
import static io.github.cramdisk.nbd.NbdTestClient.TRIM;
import static io.github.cramdisk.nbd.NbdTestClient.WRITE;
import static io.github.cramdisk.nbd.NbdTestClient.WRITE_ZEROES;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.nbd.NbdTestClient.Chunk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class TransmissionTest {
    private static final int FUA = 1;
    private static final int NO_HOLE = 2;
    private static final int DF = 4;
    private static final int REQ_ONE = 8;
    private static final int FAST_ZERO = 16;

    @RegisterExtension
    final ServerFixture fixture = new ServerFixture();

    @Test
    void readsBackWhatWasWrittenAtAnyOffsetAndLength() throws IOException {
        byte[] model = new byte[ServerFixture.SIZE_BYTES];
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int[] lengths = {
            1,
            7,
            511,
            512,
            513,
            4095,
            4096,
            4097,
            65535,
            65536,
            65537,
            262143,
            262144,
            262145,
            300001,
            1 << 20,
            (4 << 20) + 3
        };
        try (NbdTestClient simple = fixture.simple();
                NbdTestClient structured = fixture.structured()) {
            for (int length : lengths) {
                byte[] data = new byte[length];
                random.nextBytes(data);
                int offset = random.nextInt(ServerFixture.SIZE_BYTES - length);
                (random.nextBoolean() ? simple : structured).write(offset, data);
                System.arraycopy(data, 0, model, offset, length);

                int from = Math.max(0, offset - 1000);
                int count = Math.min(ServerFixture.SIZE_BYTES - from, length + 2000);
                byte[] expected = Arrays.copyOfRange(model, from, from + count);
                assertThat(simple.readSimple(from, count)).as("seed %d", seed).isEqualTo(expected);
                assertThat(structured.readStructured(from, count, 0))
                        .as("seed %d", seed)
                        .isEqualTo(expected);
                assertThat(structured.readStructured(from, count, DF))
                        .as("seed %d", seed)
                        .isEqualTo(expected);
            }
        }
        assertThat(fixture.device.firstDifference(model)).as("seed %d", seed).isNull();
    }

    @Test
    void aRandomMixOfRequestsInFlightAnswersEachOnce() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] model = new byte[ServerFixture.SIZE_BYTES];
        random.nextBytes(model);
        try (NbdTestClient client = fixture.simple()) {
            client.write(0, model);
            Map<Long, Integer> reads = new HashMap<>();
            Map<Long, Integer> lengths = new HashMap<>();
            Set<Long> others = new HashSet<>();
            ByteArrayOutputStream requests = new ByteArrayOutputStream();
            for (int i = 0; i < 300; i++) {
                int length = 1 + random.nextInt(random.nextInt(4) == 0 ? 600_000 : 20_000);
                int offset = random.nextInt(ServerFixture.SIZE_BYTES - length);
                long cookie = 1000L + i;
                int type = random.nextInt(3) == 0 ? WRITE : READ;
                requests.write(NbdTestClient.header(NbdTestClient.REQUEST_MAGIC, 0, type, cookie, offset, length));
                if (type == WRITE) {
                    // writes put what is there, so that reads in flight are sure of their answer
                    requests.write(model, offset, length);
                    others.add(cookie);
                } else {
                    reads.put(cookie, offset);
                    lengths.put(cookie, length);
                }
            }
            byte[] all = requests.toByteArray();
            Thread sender = new Thread(() -> {
                try {
                    client.send(all);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            sender.start();
            for (int i = 0; i < 300; i++) {
                NbdTestClient.SimpleReply reply = client.simpleReply();
                assertThat(reply.error()).isZero();
                Integer offset = reads.remove(reply.cookie());
                if (offset == null) {
                    assertThat(others.remove(reply.cookie()))
                            .as("seed %d, cookie %d", seed, reply.cookie())
                            .isTrue();
                } else {
                    int length = lengths.getOrDefault(reply.cookie(), 0);
                    assertThat(Arrays.equals(client.read(length).array(), 0, length, model, offset, offset + length))
                            .as("seed %d, read at %d of %d", seed, offset, length)
                            .isTrue();
                }
            }
            sender.join();
        }
        assertThat(fixture.device.firstDifference(model)).isNull();
    }

    @Test
    void largeRequestsAreSharedWithIdleCoresAndStayWhole() throws IOException {
        Assumptions.assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "needs a second core");
        byte[] data = new byte[ServerFixture.SIZE_BYTES];
        new Random(7).nextBytes(data);
        try (NbdTestClient client = fixture.structured()) {
            client.write(0, data);
            for (int i = 0; i < 20; i++) {
                assertThat(Arrays.equals(client.readStructured(0, data.length, i % 2 == 0 ? 0 : DF), data))
                        .isTrue();
                client.write(0, data);
            }
            assertThat(fixture.device.readers).anyMatch(name -> name.startsWith("nbd-worker"));
            assertThat(fixture.device.writers).anyMatch(name -> name.startsWith("nbd-worker"));
        }
    }

    @Test
    void aLoneSmallRequestIsServedByItsOwnThread() throws IOException {
        try (NbdTestClient client = fixture.structured()) {
            client.write(0, new byte[65_536]);
            client.readStructured(0, 65_536, 0);
            client.readStructured(1, 65_536, 0);
        }
        assertThat(fixture.device.readers).allMatch(name -> name.startsWith("nbd-session"));
        assertThat(fixture.device.writers).allMatch(name -> name.startsWith("nbd-session"));
    }

    @Test
    void zeroRangesOfStructuredReadsAreHoles() throws IOException {
        try (NbdTestClient client = fixture.structured()) {
            client.write(1 << 20, new byte[] {1});
            client.request(READ, 0, 0, 4096);
            Chunk small = client.chunk();
            assertThat(small.type()).isEqualTo(2);
            assertThat(small.isDone()).isTrue();
            assertThat(small.payload().getLong(0)).isZero();
            assertThat(small.payload().getInt(8)).isEqualTo(4096);

            client.request(READ, 0, 0, 2 << 20);
            Chunk before = client.chunk();
            assertThat(before.type()).isEqualTo(2);
            assertThat(before.payload().getInt(8)).isEqualTo(1 << 20);
            Chunk block = client.chunk();
            assertThat(block.type()).isEqualTo(1);
            assertThat(block.payload().capacity()).isEqualTo(8 + 4096);
            Chunk after = client.chunk();
            assertThat(after.type()).isEqualTo(2);
            assertThat(after.payload().getInt(8)).isEqualTo((1 << 20) - 4096);
            Chunk end = client.chunk();
            assertThat(end.type()).isZero();
            assertThat(end.isDone()).isTrue();
        }
    }

    @Test
    void dfSendsZeroesAsOneChunkOfData() throws IOException {
        try (NbdTestClient client = fixture.structured()) {
            client.write(700_000, new byte[] {1});
            client.request(READ, DF, 0, 1 << 20);
            Chunk data = client.chunk();
            assertThat(data.type()).isEqualTo(1);
            assertThat(data.payload().capacity()).isEqualTo(8 + (1 << 20));
            assertThat(client.chunk().isDone()).isTrue();
        }
    }

    @Test
    void fuaFlushesBeforeTheReply() throws IOException {
        try (NbdTestClient client = fixture.simple()) {
            assertThat(client.simpleError(WRITE, FUA, 0, 3, (byte) 1, (byte) 2, (byte) 3))
                    .isZero();
            assertThat(fixture.device.flushes.get()).isEqualTo(1);
            assertThat(client.simpleError(TRIM, FUA, 0, 4096)).isZero();
            assertThat(client.simpleError(WRITE_ZEROES, FUA, 0, 4096)).isZero();
            assertThat(client.simpleError(FLUSH, 0, 0, 0)).isZero();
            assertThat(fixture.device.flushes.get()).isEqualTo(4);
            assertThat(client.simpleError(READ, FUA, 0, 0)).isZero();
            assertThat(client.simpleError(CACHE, FUA, 0, 4096)).isZero();
        }
    }

    @Test
    void trimZeroAndCacheTakeTheirFlags() throws IOException {
        try (NbdTestClient client = fixture.simple()) {
            client.write(0, new byte[] {1, 2, 3});
            assertThat(client.simpleError(WRITE_ZEROES, NO_HOLE | FAST_ZERO, 0, ServerFixture.SIZE_BYTES))
                    .isZero();
            assertThat(fixture.device.lastZeroMayTrim).isFalse();
            assertThat(client.readSimple(0, 3)).isEqualTo(new byte[3]);
            assertThat(client.simpleError(WRITE_ZEROES, FAST_ZERO, 1, ServerFixture.SIZE_BYTES - 1))
                    .isZero();
            assertThat(fixture.device.lastZeroMayTrim).isTrue();
            assertThat(client.simpleError(CACHE, 0, 0, ServerFixture.SIZE_BYTES))
                    .isZero();
        }
    }

    @Test
    void blockStatusDescribesTheRange() throws IOException {
        try (NbdTestClient client = fixture.structured()) {
            client.write(8192, new byte[] {1});
            assertThat(status(client, 0, 100, 65536 - 100)).containsExactly(8192 - 100, 3, 4096, 0, 65536 - 12288, 3);
            assertThat(status(client, REQ_ONE, 0, 65536)).containsExactly(8192, 3);
            assertThat(status(client, REQ_ONE, 9000, 17)).containsExactly(17, 0);
            assertThat(status(client, 0, 0, ServerFixture.SIZE_BYTES))
                    .containsExactly(8192, 3, 4096, 0, ServerFixture.SIZE_BYTES - 12288, 3);
        }
    }

    @Test
    void blockStatusOfManyExtentsEndsEarlyAndCanBeContinued() throws IOException {
        try (NbdTestClient client = fixture.structured()) {
            int blocks = ServerFixture.SIZE_BYTES / 4096;
            for (int i = 0; i < blocks; i += 2) {
                client.write(i * 4096L, new byte[] {1});
            }
            long offset = 0;
            int count = 0;
            while (offset < ServerFixture.SIZE_BYTES) {
                int[] extents = status(client, 0, offset, ServerFixture.SIZE_BYTES - offset);
                for (int i = 0; i < extents.length; i += 2) {
                    assertThat(extents[i]).isEqualTo(4096);
                    assertThat(extents[i + 1]).isEqualTo(count % 2 == 0 ? 0 : 3);
                    offset += extents[i];
                    count++;
                }
            }
            assertThat(count).isEqualTo(blocks);
        }
    }

    @Test
    void disconnectAnswersEverythingBeforeIt() throws IOException {
        byte[] data = new byte[600_000];
        new Random(3).nextBytes(data);
        try (NbdTestClient client = fixture.simple()) {
            client.write(0, data);
            ByteArrayOutputStream requests = new ByteArrayOutputStream();
            for (int i = 0; i < 8; i++) {
                requests.write(NbdTestClient.header(NbdTestClient.REQUEST_MAGIC, 0, READ, i, 0, 200_000));
            }
            requests.write(NbdTestClient.header(NbdTestClient.REQUEST_MAGIC, 0, DISC, 99, 0, 0));
            client.send(requests.toByteArray());
            Set<Long> cookies = new HashSet<>();
            for (int i = 0; i < 8; i++) {
                NbdTestClient.SimpleReply reply = client.simpleReply();
                assertThat(reply.error()).isZero();
                cookies.add(reply.cookie());
                client.read(200_000);
            }
            assertThat(cookies).hasSize(8);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void deviceErrorsReachTheClientAndTheSessionGoesOn() throws IOException {
        fixture.device.badOffset = 300_000;
        fixture.device.badError = NbdError.ENOSPC;
        byte[] data = new byte[1 << 20];
        try (NbdTestClient simple = fixture.simple();
                NbdTestClient structured = fixture.structured()) {
            assertThat(simple.simpleError(WRITE, 0, 0, data.length, data)).isEqualTo(ENOSPC);
            assertThat(structured.chunkError(WRITE, 0, 0, data.length, data)).isEqualTo(ENOSPC);
            fixture.device.badError = NbdError.EIO;
            assertThat(simple.simpleError(READ, 0, 299_000, 2000)).isEqualTo(EIO);
            assertThat(structured.chunkError(READ, 0, 299_000, 2000)).isEqualTo(EIO);
            assertThat(simple.simpleError(READ, 0, 200_000, 200_000)).isEqualTo(EIO);
            assertThat(simple.readSimple(0, 10)).isEqualTo(new byte[10]);
            assertThat(structured.readStructured(0, 10, 0)).isEqualTo(new byte[10]);
        }
    }

    @Test
    void aLongStructuredReadTellsWhereItFailed() throws IOException {
        byte[] data = new byte[4 << 20];
        Arrays.fill(data, (byte) 1);
        try (NbdTestClient client = fixture.structured()) {
            client.write(0, data);
            fixture.device.badOffset = 3 << 20;
            long cookie = client.request(READ, 0, 0, data.length);
            Chunk chunk = client.chunk();
            while (chunk.type() == 1) {
                assertThat(chunk.isDone()).isFalse();
                chunk = client.chunk();
            }
            assertErrorOffset(chunk, cookie);

            client.request(READ, DF, 0, data.length);
            Chunk whole = client.chunk();
            assertThat(whole.payload().capacity()).isEqualTo(data.length + 8);
            assertThat(whole.isDone()).isFalse();
            assertErrorOffset(client.chunk(), cookie + 1);
            assertThat(client.readStructured(1, 1, 0)).isEqualTo(new byte[] {1});
        }
    }

    @Test
    void aLongSimpleReadThatFailsMidwayDisconnectsOnceAndThenAnswersAnError() throws IOException {
        fixture.device.badOffset = 3 << 20;
        try (NbdTestClient client = fixture.simple()) {
            client.request(READ, 0, 0, 4 << 20);
            assertThat(client.simpleReply().error()).isZero();
            byte[] rest = new byte[4 << 20];
            assertThat(countUntilClosed(client, rest.length)).isLessThan(rest.length);
        }
        try (NbdTestClient client = fixture.simple()) {
            assertThat(client.simpleError(READ, 0, 0, 4 << 20)).isEqualTo(EIO);
            assertThat(client.readSimple(0, 2 << 20)).isEqualTo(new byte[2 << 20]);
        }
    }

    @Test
    void requestsAfterRemovalGetShutdown() throws Exception {
        try (NbdTestClient client = fixture.structured()) {
            client.write(0, new byte[] {1});
            fixture.exports.remove("disk");
            assertThat(client.chunkError(READ, 0, 0, 10)).isEqualTo(ESHUTDOWN);
            assertThat(client.chunkError(WRITE, 0, 0, 3, (byte) 1, (byte) 2, (byte) 3))
                    .isEqualTo(ESHUTDOWN);
            assertThat(client.chunkError(FLUSH, 0, 0, 0)).isEqualTo(ESHUTDOWN);
            assertThat(fixture.export.clients()).isEqualTo(1);

            fixture.export.disconnectClients(Duration.ofSeconds(5));
            assertThat(fixture.export.clients()).isZero();
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void countsOperationsBytesAndErrorsByCommand() throws IOException {
        CommandCounters counters = fixture.export.counters();
        try (NbdTestClient client = fixture.structured()) {
            client.write(0, new byte[100_000]);
            client.write(0, new byte[1]);
            client.readStructured(0, 3000, 0);
            client.readStructured(0, 300_000, 0);
            client.chunkError(READ, 0, ServerFixture.SIZE_BYTES, 1);
            status(client, 0, 0, 4096);
        }
        assertThat(counters.tally(NbdCommand.WRITE)).isEqualTo(new CommandCounters.Tally(2, 100_001, 0));
        assertThat(counters.tally(NbdCommand.READ)).isEqualTo(new CommandCounters.Tally(2, 303_000, 1));
        assertThat(counters.tally(NbdCommand.BLOCK_STATUS)).isEqualTo(new CommandCounters.Tally(1, 4096, 0));
        assertThat(counters.tally(NbdCommand.TRIM)).isEqualTo(new CommandCounters.Tally(0, 0, 0));
    }

    @Test
    void noPreferredBlockIsWrittenTwiceForOneRequest() throws IOException {
        byte[] data = new byte[4 << 20];
        try (NbdTestClient client = fixture.simple()) {
            client.write(0, data);
        }
        // Pieces are at least 64 KiB less a block, whatever the socket delivered.
        assertThat(fixture.device.writes.get()).isLessThanOrEqualTo(data.length / (60 * 1024) + 1);
        assertThat(fixture.device.unalignedWrites.get()).isZero();
    }

    private static void assertErrorOffset(Chunk chunk, long cookie) {
        assertThat(chunk.type()).isEqualTo((short) 0x8002);
        assertThat(chunk.cookie()).isEqualTo(cookie);
        assertThat(chunk.isDone()).isTrue();
        assertThat(chunk.error()).isEqualTo(EIO);
        long offset = chunk.payload().getLong(chunk.payload().capacity() - 8);
        assertThat(offset).isBetween(2L << 20, 3L << 20);
    }

    private static int countUntilClosed(NbdTestClient client, int most) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(most);
        while (buffer.hasRemaining()) {
            try {
                if (client.channel().read(buffer) < 0) {
                    break;
                }
            } catch (IOException e) {
                break;
            }
        }
        return buffer.position();
    }

    private static int[] status(NbdTestClient client, int flags, long offset, long length) throws IOException {
        long cookie = client.request(BLOCK_STATUS, flags, offset, length);
        Chunk chunk = client.chunk();
        assertThat(chunk.cookie()).isEqualTo(cookie);
        assertThat(chunk.type()).isEqualTo(5);
        assertThat(chunk.isDone()).isTrue();
        assertThat(chunk.payload().getInt(0)).isEqualTo(1);
        int[] result = new int[(chunk.payload().capacity() - 4) / 4];
        for (int i = 0; i < result.length; i++) {
            result[i] = chunk.payload().getInt(4 + 4 * i);
        }
        return result;
    }
}
