// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import static io.github.cramdisk.nbd.NbdTestClient.ENOSPC;
import static io.github.cramdisk.nbd.NbdTestClient.FLUSH;
import static io.github.cramdisk.nbd.NbdTestClient.TRIM;
import static io.github.cramdisk.nbd.NbdTestClient.WRITE;
import static io.github.cramdisk.nbd.NbdTestClient.WRITE_ZEROES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Writes that find no room: they wait, their session does not, and they never land on anything newer. */
class ParkingTest {
    private static final int BLOCK = 4096;
    private static final int FUA = 1;
    private static final int NO_HOLE = 2;

    @RegisterExtension
    final ServerFixture fixture = new ServerFixture();

    private final FullDevice device = new FullDevice(32 << 20);
    private final Export export = new Export("full", "", false, device);

    /** Has no room for anything at or behind a border, until a trim or a test makes room. */
    private static final class FullDevice extends MemoryDevice {
        volatile long noRoomFrom = Long.MAX_VALUE;
        volatile boolean trimMakesRoom;

        FullDevice(int sizeBytes) {
            super(sizeBytes);
        }

        @Override
        public void write(long offset, int length, ByteBuffer source, int index) throws DeviceException {
            requireRoom(offset + length);
            super.write(offset, length, source, index);
        }

        @Override
        public void zero(long offset, long length, boolean mayTrim) {
            super.zero(offset, length, mayTrim);
        }

        @Override
        public void trim(long offset, long length) {
            super.trim(offset, length);
            if (trimMakesRoom) {
                noRoomFrom = Long.MAX_VALUE;
            }
        }

        private void requireRoom(long end) throws DeviceException {
            if (end > noRoomFrom) {
                throw new DeviceException(NbdError.ENOSPC, "no room");
            }
        }
    }

    @BeforeEach
    void offer() {
        export.setPatience(null);
        fixture.exports.add(export);
    }

    @AfterEach
    void nothingIsLeft() {
        fixture.awaitNoConnections();
        assertThat(export.waiting()).isNull();
        assertThat(fixture.server().parkedBytes()).isZero();
        assertThat(fixture.server().lentBuffers()).isZero();
    }

    private NbdTestClient client() throws IOException {
        return NbdTestClient.simple(fixture.socket(), "full");
    }

    private static long send(NbdTestClient client, long offset, byte[] data, int flags) throws IOException {
        long cookie = client.request(WRITE, flags, offset, data.length);
        client.send(data);
        return cookie;
    }

    private void makeRoom() {
        device.noRoomFrom = Long.MAX_VALUE;
        export.tellRoom();
    }

    private void awaitWaiting(int writes) {
        await().until(() -> {
            Export.Waiting waiting = export.waiting();
            return (waiting == null ? 0 : waiting.writes()) == writes;
        });
    }

    private static byte[] bytes(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    @Test
    void readsTrimsAndFlushesGoOnBehindAWriteThatWaits() throws IOException {
        try (NbdTestClient client = client()) {
            client.write(0, bytes(BLOCK, 1));
            device.noRoomFrom = BLOCK;
            long waits = send(client, 8 * BLOCK, bytes(3 * BLOCK, 7), FUA);
            awaitWaiting(1);
            assertThat(export.waiting())
                    .isNotNull()
                    .extracting(Export.Waiting::bytes)
                    .isEqualTo(3L * BLOCK);

            assertThat(client.readSimple(0, BLOCK)).isEqualTo(bytes(BLOCK, 1));
            assertThat(client.readSimple(8 * BLOCK, BLOCK)).containsOnly(0);
            assertThat(client.simpleError(FLUSH, 0, 0, 0)).isZero();
            assertThat(client.simpleError(TRIM, 0, 4 * BLOCK, BLOCK)).isZero();
            assertThat(client.simpleError(WRITE_ZEROES, NO_HOLE, 5 * BLOCK, BLOCK))
                    .isZero();
            client.write(0, bytes(BLOCK, 2));
            long flushes = device.flushes.get();
            makeRoom();

            assertThat(client.simpleReply()).isEqualTo(new NbdTestClient.SimpleReply(0, waits));
            assertThat(device.flushes.get()).isEqualTo(flushes + 1);
            assertThat(client.readSimple(8 * BLOCK, 3 * BLOCK)).isEqualTo(bytes(3 * BLOCK, 7));
            assertThat(export.counters().tally(NbdCommand.WRITE).errors()).isZero();
        }
    }

    @Test
    void aTrimOnTheSameConnectionReleasesWhatWaits() throws IOException {
        device.trimMakesRoom = true;
        try (NbdTestClient client = client()) {
            device.noRoomFrom = BLOCK;
            long waits = send(client, 8 * BLOCK, bytes(BLOCK, 7), 0);
            awaitWaiting(1);
            long trim = client.request(TRIM, 0, 0, 4 * BLOCK);

            Set<Long> answered = new HashSet<>();
            for (int i = 0; i < 2; i++) {
                NbdTestClient.SimpleReply reply = client.simpleReply();
                assertThat(reply.error()).isZero();
                answered.add(reply.cookie());
            }
            assertThat(answered).containsExactlyInAnyOrder(waits, trim);
            assertThat(client.readSimple(8 * BLOCK, BLOCK)).isEqualTo(bytes(BLOCK, 7));
        }
    }

    @Test
    void afterItsTimeAWriteIsRefusedAndTheNextOneWaitsAnew() throws IOException {
        export.setPatience(Duration.ofMillis(300));
        device.noRoomFrom = 0;
        try (NbdTestClient client = client();
                NbdTestClient structured = NbdTestClient.structured(fixture.socket(), "full")) {
            long begin = System.nanoTime();
            assertThat(client.simpleError(WRITE, 0, 0, BLOCK, bytes(BLOCK, 1))).isEqualTo(ENOSPC);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
            assertThat(structured.chunkError(WRITE, 0, 0, BLOCK, bytes(BLOCK, 1)))
                    .isEqualTo(ENOSPC);
            assertThat(export.refusedForRoom()).isEqualTo(2);
            assertThat(export.counters().tally(NbdCommand.WRITE).errors()).isEqualTo(2);
            device.noRoomFrom = Long.MAX_VALUE;
            client.write(0, bytes(BLOCK, 1));
        }
    }

    @Test
    void theUserMayEndTheWaiting() throws IOException {
        device.noRoomFrom = 0;
        try (NbdTestClient client = client()) {
            long waits = send(client, 0, bytes(BLOCK, 7), 0);
            awaitWaiting(1);
            export.setPatience(Duration.ZERO);
            assertThat(client.simpleReply()).isEqualTo(new NbdTestClient.SimpleReply(ENOSPC, waits));
            assertThat(client.simpleError(WRITE, 0, 0, BLOCK, bytes(BLOCK, 1))).isEqualTo(ENOSPC);
        }
    }

    @Test
    void whatWaitedIsGoneWithItsConnectionAndNeverLandsOnNewerData() throws IOException {
        device.noRoomFrom = 0;
        try (NbdTestClient old = client()) {
            send(old, 0, bytes(2 * BLOCK, 1), 0);
            awaitWaiting(1);
        }
        try (NbdTestClient next = client()) {
            long again = send(next, 0, bytes(2 * BLOCK, 1), 0);
            await().until(() -> export.clients() == 1);
            awaitWaiting(1);
            makeRoom();
            assertThat(next.simpleReply()).isEqualTo(new NbdTestClient.SimpleReply(0, again));
            next.write(0, bytes(BLOCK, 2));
            export.tellRoom();
            assertThat(next.readSimple(0, 2 * BLOCK))
                    .startsWith(bytes(BLOCK, 2))
                    .endsWith(bytes(BLOCK, 1));
        }
    }

    @Test
    void aNewerWriteOnWhateverConnectionTakesItsRangeFromWhatWaits() throws IOException {
        try (NbdTestClient client = client();
                NbdTestClient other = client()) {
            device.noRoomFrom = 4 * BLOCK;
            long waits = send(client, 0, bytes(8 * BLOCK, 1), 0);
            awaitWaiting(1);
            client.write(BLOCK, bytes(100, 2));
            other.write(2 * BLOCK - 50, bytes(100, 3));
            assertThat(other.simpleError(TRIM, 0, 3 * BLOCK, 10)).isZero();
            assertThat(client.simpleError(WRITE_ZEROES, 0, 7 * BLOCK, BLOCK)).isZero();
            makeRoom();
            assertThat(client.simpleReply()).isEqualTo(new NbdTestClient.SimpleReply(0, waits));

            byte[] expected = bytes(8 * BLOCK, 1);
            Arrays.fill(expected, BLOCK, BLOCK + 100, (byte) 2);
            Arrays.fill(expected, 2 * BLOCK - 50, 2 * BLOCK + 50, (byte) 3);
            Arrays.fill(expected, 3 * BLOCK, 3 * BLOCK + 10, (byte) 0);
            Arrays.fill(expected, 7 * BLOCK, 8 * BLOCK, (byte) 0);
            assertThat(client.readSimple(0, 8 * BLOCK)).isEqualTo(expected);
        }
    }

    @Test
    void aWriteThatIsOvertakenWhollyIsAnsweredThoughThereIsNoRoom() throws IOException {
        try (NbdTestClient client = client()) {
            device.noRoomFrom = BLOCK;
            long waits = send(client, 2 * BLOCK, bytes(2 * BLOCK, 1), 0);
            awaitWaiting(1);
            assertThat(client.request(TRIM, 0, 2 * BLOCK, 2 * BLOCK)).isEqualTo(waits + 1);
            Set<Long> answered = new HashSet<>();
            answered.add(client.simpleReply().cookie());
            answered.add(client.simpleReply().cookie());
            assertThat(answered).containsExactlyInAnyOrder(waits, waits + 1);
            assertThat(client.readSimple(2 * BLOCK, 2 * BLOCK)).containsOnly(0);
        }
    }

    @Test
    void aLongWriteOfWhichAPartFindsNoRoomIsWholeInTheEnd() throws IOException {
        byte[] data = new byte[3 << 20];
        new Random(1).nextBytes(data);
        device.noRoomFrom = (1 << 20) + 12_345;
        try (NbdTestClient client = client()) {
            long waits = send(client, 5, data, 0);
            awaitWaiting(1);
            makeRoom();
            assertThat(client.simpleReply()).isEqualTo(new NbdTestClient.SimpleReply(0, waits));
            assertThat(client.readSimple(5, data.length)).isEqualTo(data);
        }
    }

    @Test
    void theReserveHoldsUpAClientThatSendsMoreThanItHolds() throws Exception {
        int count = 24;
        device.noRoomFrom = 0;
        try (NbdTestClient client = client()) {
            CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
                try {
                    for (int i = 0; i < count; i++) {
                        send(client, (long) i << 20, bytes(1 << 20, i), 0);
                    }
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            await().until(() -> fixture.server().parkedBytes() > NbdLimits.PARKED_PAYLOAD_BYTES - (1 << 20));
            assertThat(fixture.server().parkedBytes()).isLessThanOrEqualTo(NbdLimits.PARKED_PAYLOAD_BYTES);
            assertThat(sender.isDone()).isFalse();
            fixture.assertServesOthers();
            makeRoom();
            Set<Long> answered = new HashSet<>();
            for (int i = 0; i < count; i++) {
                NbdTestClient.SimpleReply reply = client.simpleReply();
                assertThat(reply.error()).isZero();
                answered.add(reply.cookie());
            }
            sender.get();
            assertThat(answered).hasSize(count);
            for (int i = 0; i < count; i++) {
                assertThat(client.readSimple((long) i << 20, BLOCK)).isEqualTo(bytes(BLOCK, i));
            }
        }
    }

    @Test
    void aClientThatWaitsIsCutOffAtOnceWhenTheExportEnds() throws Exception {
        device.noRoomFrom = 0;
        try (NbdTestClient waiting = client();
                NbdTestClient heldUp = client()) {
            send(waiting, 0, bytes(BLOCK, 1), 0);
            CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
                try {
                    for (int i = 1; i < 24; i++) {
                        send(heldUp, (long) i << 20, bytes(1 << 20, i), 0);
                    }
                } catch (IOException e) {
                    // Its connection ends in the middle.
                }
            });
            await().until(() -> fixture.server().parkedBytes() > NbdLimits.PARKED_PAYLOAD_BYTES - (1 << 20));
            export.disconnectClients(Duration.ofSeconds(5));
            sender.join();
            assertThat(waiting.isClosedByServer()).isTrue();
            assertThat(export.waiting()).isNull();
            device.noRoomFrom = Long.MAX_VALUE;
            assertThat(device.byteAt(0)).isZero();
        }
    }

    @Test
    void anotherFailureOfAWriteThatWaitsIsTold() throws IOException {
        device.noRoomFrom = 0;
        try (NbdTestClient client = client()) {
            long waits = send(client, 0, bytes(BLOCK, 7), 0);
            awaitWaiting(1);
            device.badOffset = 10;
            makeRoom();
            assertThat(client.simpleReply()).isEqualTo(new NbdTestClient.SimpleReply(NbdTestClient.EIO, waits));
        }
    }

    /** Random overlapping requests of two clients against a byte array, with room that comes and goes. */
    @Test
    void whatIsAnsweredLastIsWhatIsThere() throws IOException {
        long seed = System.nanoTime();
        System.out.println("whatIsAnsweredLastIsWhatIsThere: seed " + seed);
        Random random = new Random(seed);
        byte[] model = new byte[64 * BLOCK];
        try (NbdTestClient one = client();
                NbdTestClient two = client()) {
            for (int round = 0; round < 100; round++) {
                device.noRoomFrom = (long) random.nextInt(64) * BLOCK;
                int[] left = new int[2];
                for (int i = 0; i < 12; i++) {
                    int which = random.nextInt(2);
                    int offset = random.nextInt(model.length - 20_000);
                    byte[] data = bytes(1 + random.nextInt(20_000), random.nextInt(256));
                    NbdTestClient client = which == 0 ? one : two;
                    if (random.nextInt(4) == 0) {
                        Arrays.fill(data, (byte) 0);
                        client.request(TRIM, 0, offset, data.length);
                    } else {
                        send(client, offset, data, 0);
                    }
                    left[which]++;
                    // What the other client sends next is newer only once the server has taken this.
                    settle(client, left, which);
                    System.arraycopy(data, 0, model, offset, data.length);
                }
                makeRoom();
                drain(one, left[0]);
                drain(two, left[1]);
                assertThat(device.firstDifference(model)).as("round " + round).isNull();
            }
        }
    }

    /** A flush behind a request is answered when that has been answered or parked; other replies may come before. */
    private static void settle(NbdTestClient client, int[] left, int which) throws IOException {
        long flush = client.request(FLUSH, 0, 0, 0);
        NbdTestClient.@Nullable SimpleReply reply = null;
        while (reply == null || reply.cookie() != flush) {
            reply = client.simpleReply();
            assertThat(reply.error()).isZero();
            if (reply.cookie() != flush) {
                left[which]--;
            }
        }
    }

    private static void drain(NbdTestClient client, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            assertThat(client.simpleReply().error()).isZero();
        }
    }
}
