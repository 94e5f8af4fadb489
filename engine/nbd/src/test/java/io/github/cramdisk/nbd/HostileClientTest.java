// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import static io.github.cramdisk.nbd.NbdTestClient.ACK;
import static io.github.cramdisk.nbd.NbdTestClient.BLOCK_STATUS;
import static io.github.cramdisk.nbd.NbdTestClient.CACHE;
import static io.github.cramdisk.nbd.NbdTestClient.EINVAL;
import static io.github.cramdisk.nbd.NbdTestClient.ENOSPC;
import static io.github.cramdisk.nbd.NbdTestClient.EPERM;
import static io.github.cramdisk.nbd.NbdTestClient.ERR_INVALID;
import static io.github.cramdisk.nbd.NbdTestClient.ERR_TOO_BIG;
import static io.github.cramdisk.nbd.NbdTestClient.ERR_UNKNOWN;
import static io.github.cramdisk.nbd.NbdTestClient.ERR_UNSUP;
import static io.github.cramdisk.nbd.NbdTestClient.FLUSH;
import static io.github.cramdisk.nbd.NbdTestClient.OPTION_MAGIC;
import static io.github.cramdisk.nbd.NbdTestClient.READ;
import static io.github.cramdisk.nbd.NbdTestClient.REQUEST_MAGIC;
import static io.github.cramdisk.nbd.NbdTestClient.TRIM;
import static io.github.cramdisk.nbd.NbdTestClient.WRITE;
import static io.github.cramdisk.nbd.NbdTestClient.WRITE_ZEROES;
import static io.github.cramdisk.nbd.NbdTestClient.contexts;
import static io.github.cramdisk.nbd.NbdTestClient.info;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * One test for each way to misbehave. Each asserts the exact error, that the session goes on in step (or is closed where
 * the protocol allows no answer), and that another client is served.
 */
@Timeout(60)
class HostileClientTest {
    private static final int SIZE = ServerFixture.SIZE_BYTES;
    private static final int MAXIMUM_PAYLOAD = 32 << 20;
    private static final int GO = 7;

    @RegisterExtension
    final ServerFixture fixture = new ServerFixture();

    @AfterEach
    void otherClientsAreServed() throws IOException {
        fixture.assertServesOthers();
    }

    // Requests

    @Test
    void readBeyondTheEndIsInvalid() throws IOException {
        try (NbdTestClient client = fixture.simple()) {
            assertThat(client.simpleError(READ, 0, SIZE, 1)).isEqualTo(EINVAL);
            assertThat(client.simpleError(READ, 0, SIZE - 1, 2)).isEqualTo(EINVAL);
            assertThat(client.simpleError(READ, 0, SIZE + 1L, 0)).isEqualTo(EINVAL);
            assertInStep(client);
        }
    }

    @Test
    void writeBeyondTheEndIsRefusedForSpaceAndItsPayloadDropped() throws IOException {
        byte[] payload = hostilePayload(70_000);
        try (NbdTestClient client = fixture.simple()) {
            assertThat(client.simpleError(WRITE, 0, SIZE - 69_999, payload.length, payload))
                    .isEqualTo(ENOSPC);
            assertThat(client.simpleError(WRITE_ZEROES, 0, SIZE - 1, 2)).isEqualTo(ENOSPC);
            assertInStep(client);
        }
        assertThat(fixture.device.writes.get()).isEqualTo(1);
    }

    @Test
    void trimCacheAndStatusBeyondTheEndAreInvalid() throws IOException {
        try (NbdTestClient client = fixture.structured()) {
            for (int type : new int[] {TRIM, CACHE, BLOCK_STATUS}) {
                assertThat(client.chunkError(type, 0, SIZE, 1)).isEqualTo(EINVAL);
                assertThat(client.chunkError(type, 0, 0, 0xffffffffL)).isEqualTo(EINVAL);
            }
            assertInStepStructured(client);
        }
    }

    @Test
    void offsetAndLengthThatOverflowAreRefused() throws IOException {
        try (NbdTestClient client = fixture.simple()) {
            for (long offset : new long[] {-1, -4096, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE - 4095}) {
                assertThat(client.simpleError(READ, 0, offset, 4096)).isEqualTo(EINVAL);
                assertThat(client.simpleError(TRIM, 0, offset, 0xffffffffL)).isEqualTo(EINVAL);
                assertThat(client.simpleError(WRITE, 0, offset, 4096, hostilePayload(4096)))
                        .isEqualTo(ENOSPC);
                assertThat(client.simpleError(WRITE_ZEROES, 0, offset, 0xffffffffL))
                        .isEqualTo(ENOSPC);
            }
            assertInStep(client);
        }
    }

    @Test
    void unalignedRequestsAreServedBecauseTheMinimumIsOneByte() throws IOException {
        try (NbdTestClient client = fixture.simple()) {
            client.write(4095, new byte[] {1, 2, 3});
            assertThat(client.readSimple(4094, 5)).isEqualTo(new byte[] {0, 1, 2, 3, 0});
            assertThat(client.simpleError(TRIM, 0, 4095, 1)).isZero();
            assertThat(client.simpleError(WRITE_ZEROES, 0, 4097, 1)).isZero();
            assertInStep(client);
        }
    }

    @Test
    void oversizedReadIsInvalid() throws IOException {
        try (NbdTestClient client = fixture.structured()) {
            assertThat(client.chunkError(READ, 0, 0, MAXIMUM_PAYLOAD + 1L)).isEqualTo(EINVAL);
            assertThat(client.chunkError(READ, 0, 0, 0xffffffffL)).isEqualTo(EINVAL);
            assertInStepStructured(client);
        }
    }

    @Test
    void oversizedWriteIsInvalidAndItsPayloadDropped() throws IOException {
        byte[] payload = hostilePayload(MAXIMUM_PAYLOAD + 1);
        try (NbdTestClient client = fixture.simple()) {
            assertThat(client.simpleError(WRITE, 0, 0, payload.length, payload)).isEqualTo(EINVAL);
            assertInStep(client);
        }
    }

    @Test
    void absurdlyLongWriteIsCutOff() throws IOException {
        try (NbdTestClient client = fixture.simple()) {
            assertThat(client.simpleError(WRITE, 0, 0, 0xffffffffL)).isEqualTo(EINVAL);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void unknownFlagsAreInvalidOnEveryCommand() throws IOException {
        try (NbdTestClient client = fixture.structured()) {
            for (int type : new int[] {READ, FLUSH, TRIM, CACHE, WRITE_ZEROES, BLOCK_STATUS}) {
                assertThat(client.chunkError(type, 0x8000, 0, 0)).isEqualTo(EINVAL);
            }
            assertThat(client.chunkError(WRITE, 0x20, 0, 3, hostilePayload(3))).isEqualTo(EINVAL);
            assertInStepStructured(client);
        }
    }

    @Test
    void flagsOfOtherCommandsAreInvalid() throws IOException {
        int noHole = 2;
        int df = 4;
        int reqOne = 8;
        int fastZero = 16;
        try (NbdTestClient client = fixture.structured()) {
            assertThat(client.chunkError(READ, noHole, 0, 1)).isEqualTo(EINVAL);
            assertThat(client.chunkError(WRITE, df, 0, 1, (byte) 1)).isEqualTo(EINVAL);
            assertThat(client.chunkError(TRIM, fastZero, 0, 1)).isEqualTo(EINVAL);
            assertThat(client.chunkError(WRITE_ZEROES, reqOne, 0, 1)).isEqualTo(EINVAL);
            assertThat(client.chunkError(BLOCK_STATUS, df, 0, 1)).isEqualTo(EINVAL);
            assertInStepStructured(client);
        }
    }

    @Test
    void dfWithoutStructuredRepliesIsInvalid() throws IOException {
        try (NbdTestClient client = fixture.simple()) {
            assertThat(client.simpleError(READ, 4, 0, 1)).isEqualTo(EINVAL);
            assertInStep(client);
        }
    }

    @Test
    void unknownCommandsAreInvalid() throws IOException {
        try (NbdTestClient client = fixture.simple()) {
            for (int type : new int[] {8, 9, 255, 0x7fff, 0xffff}) {
                assertThat(client.simpleError(type, 0, 0, 4096)).isEqualTo(EINVAL);
            }
            assertInStep(client);
        }
    }

    @Test
    void flushWithARangeIsInvalid() throws IOException {
        try (NbdTestClient client = fixture.simple()) {
            assertThat(client.simpleError(FLUSH, 0, 1, 0)).isEqualTo(EINVAL);
            assertThat(client.simpleError(FLUSH, 0, 0, 1)).isEqualTo(EINVAL);
            assertInStep(client);
        }
    }

    @Test
    void blockStatusWithoutContextIsInvalid() throws IOException {
        try (NbdTestClient client = fixture.greeted()) {
            client.option(8);
            client.reply();
            client.go("disk");
            assertThat(client.chunkError(BLOCK_STATUS, 0, 0, 4096)).isEqualTo(EINVAL);
            assertInStepStructured(client);
        }
        try (NbdTestClient client = fixture.simple()) {
            assertThat(client.simpleError(BLOCK_STATUS, 0, 0, 4096)).isEqualTo(EINVAL);
            assertInStep(client);
        }
    }

    @Test
    void changingAReadOnlyExportIsNotPermitted() throws IOException {
        byte[] payload = hostilePayload(300_000);
        try (NbdTestClient client = NbdTestClient.simple(fixture.socket(), "fixed")) {
            assertThat(client.simpleError(WRITE, 0, 0, payload.length, payload)).isEqualTo(EPERM);
            assertThat(client.simpleError(TRIM, 0, 0, 4096)).isEqualTo(EPERM);
            assertThat(client.simpleError(WRITE_ZEROES, 0, 0, 4096)).isEqualTo(EPERM);
            assertThat(client.readSimple(0, 4096)).isEqualTo(new byte[4096]);
            assertThat(client.simpleError(FLUSH, 0, 0, 0)).isZero();
        }
    }

    @Test
    void commandsOfNoLengthDoNothing() throws IOException {
        try (NbdTestClient client = fixture.simple()) {
            for (int type : new int[] {READ, WRITE, TRIM, CACHE, WRITE_ZEROES}) {
                assertThat(client.simpleError(type, 0, SIZE, 0)).isZero();
                assertThat(client.simpleError(type, 0, 17, 0)).isZero();
            }
            assertInStep(client);
        }
        try (NbdTestClient client = fixture.structured()) {
            assertThat(client.readStructured(17, 0, 0)).isEmpty();
            assertThat(client.chunkError(BLOCK_STATUS, 0, 17, 0)).isEqualTo(EINVAL);
            assertInStepStructured(client);
        }
    }

    @Test
    void badRequestMagicIsCutOff() throws IOException {
        try (NbdTestClient client = fixture.simple()) {
            client.send(NbdTestClient.header(REQUEST_MAGIC + 1, 0, READ, 1, 0, 1));
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void requestsOutOfStepAfterAPayloadAreCutOff() throws IOException {
        try (NbdTestClient client = fixture.simple()) {
            assertThat(client.simpleError(WRITE, 0, 0, 10, new byte[38])).isZero();
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    // Options

    @Test
    void unknownOptionsAreUnsupported() throws IOException {
        try (NbdTestClient client = fixture.greeted()) {
            for (int option : new int[] {0, 4, 5, 11, 12, 0x7fffffff, -1}) {
                client.option(option, new byte[Math.abs(option % 1000)]);
                NbdTestClient.OptionReply reply = client.reply();
                assertThat(reply.type()).isEqualTo(ERR_UNSUP);
                assertThat(reply.option()).isEqualTo(option);
            }
            assertGoes(client);
        }
    }

    @Test
    void goWithANameLengthBeyondTheOptionIsInvalid() throws IOException {
        for (int length : new int[] {5, 7, 4097, 0x7fffffff, -1}) {
            try (NbdTestClient client = fixture.greeted()) {
                client.option(GO, ByteBuffer.allocate(10).putInt(length).array());
                assertThat(client.reply().type()).isEqualTo(ERR_INVALID);
                assertGoes(client);
            }
        }
    }

    @Test
    void goThatIsTooShortIsInvalid() throws IOException {
        try (NbdTestClient client = fixture.greeted()) {
            for (int length = 0; length < 6; length++) {
                client.option(GO, new byte[length]);
                assertThat(client.reply().type()).isEqualTo(ERR_INVALID);
            }
            assertGoes(client);
        }
    }

    @Test
    void goWithALyingInfoCountIsInvalid() throws IOException {
        try (NbdTestClient client = fixture.greeted()) {
            byte[] good = info("disk", 3);
            for (int count : new int[] {0, 2, 0x7fff, 0xffff}) {
                byte[] lying = good.clone();
                ByteBuffer.wrap(lying).putShort(8, (short) count);
                client.option(GO, lying);
                assertThat(client.reply().type()).isEqualTo(ERR_INVALID);
            }
            assertGoes(client);
        }
    }

    @Test
    void namesLongerThanTheProtocolAllowsAreInvalid() throws IOException {
        try (NbdTestClient client = fixture.greeted()) {
            client.option(GO, info("n".repeat(4097)));
            assertThat(client.reply().type()).isEqualTo(ERR_INVALID);
            client.option(GO, info("n".repeat(4096)));
            assertThat(client.reply().type()).isEqualTo(ERR_UNKNOWN);
            assertGoes(client);
        }
    }

    @Test
    void optionsWithoutDataThatHaveSomeAreInvalid() throws IOException {
        try (NbdTestClient client = fixture.greeted()) {
            for (int option : new int[] {3, 8}) {
                client.option(option, (byte) 0);
                assertThat(client.reply().type()).isEqualTo(ERR_INVALID);
            }
            assertGoes(client);
        }
    }

    @Test
    void metaContextWithLyingLengthsIsInvalid() throws IOException {
        byte[] good = contexts("disk", "base:allocation");
        try (NbdTestClient client = fixture.greeted()) {
            client.option(8);
            client.reply();
            for (int option : new int[] {9, 10}) {
                for (int at : new int[] {0, 8, 12}) { // name length, number of queries, query length
                    for (int lie : new int[] {ByteBuffer.wrap(good).getInt(at) + 1, 0x7fffffff, -1}) {
                        byte[] lying = good.clone();
                        ByteBuffer.wrap(lying).putInt(at, lie);
                        client.option(option, lying);
                        assertThat(client.reply().type())
                                .as("option %d, %d at %d", option, lie, at)
                                .isEqualTo(ERR_INVALID);
                    }
                }
                client.option(option, Arrays.copyOf(good, good.length + 1));
                assertThat(client.reply().type()).isEqualTo(ERR_INVALID);
                for (int length = 0; length < good.length; length++) {
                    client.option(option, Arrays.copyOf(good, length));
                    assertThat(client.reply().type()).isEqualTo(ERR_INVALID);
                }
            }
            assertGoes(client);
        }
    }

    @Test
    void metaContextWithoutStructuredRepliesIsInvalid() throws IOException {
        try (NbdTestClient client = fixture.greeted()) {
            for (int option : new int[] {9, 10}) {
                client.option(option, contexts("disk", "base:allocation"));
                assertThat(client.reply().type()).isEqualTo(ERR_INVALID);
            }
            assertGoes(client);
        }
    }

    @Test
    void optionsThatAreTooLongAreDroppedAndRefused() throws IOException {
        try (NbdTestClient client = fixture.greeted()) {
            client.option(GO, new byte[65_537]);
            assertThat(client.reply().type()).isEqualTo(ERR_TOO_BIG);
            client.option(3, new byte[1 << 20]);
            assertThat(client.reply().type()).isEqualTo(ERR_TOO_BIG);
            client.option(77, new byte[4 << 20]);
            assertThat(client.reply().type()).isEqualTo(ERR_UNSUP);
            assertGoes(client);
        }
    }

    @Test
    void hugeOptionsAreCutOffAndTakeNoMemory() throws IOException {
        for (int option : new int[] {1, 3, GO, 10, 77}) {
            try (NbdTestClient client = fixture.greeted()) {
                client.optionHeader(OPTION_MAGIC, option, -1);
                assertThat(client.isClosedByServer()).isTrue();
            }
        }
        fixture.awaitNoConnections();
        assertThat(fixture.server().lentBuffers()).isZero();
    }

    @Test
    void unknownNameInGoIsToldInExportNameCutOff() throws IOException {
        try (NbdTestClient client = fixture.greeted()) {
            client.option(GO, info("nothing"));
            assertThat(client.reply().type()).isEqualTo(ERR_UNKNOWN);
            client.option(1, "nothing".getBytes(StandardCharsets.UTF_8));
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void namesThatAreNotUtf8AreUnknown() throws IOException {
        try (NbdTestClient client = fixture.greeted()) {
            client.option(GO, (byte) 0, (byte) 0, (byte) 0, (byte) 2, (byte) 0xff, (byte) 0xfe, (byte) 0, (byte) 0);
            assertThat(client.reply().type()).isEqualTo(ERR_UNKNOWN);
            assertGoes(client);
        }
    }

    @Test
    void exportNameThatIsTooLongIsCutOff() throws IOException {
        for (int length : new int[] {4097, 65_537}) {
            try (NbdTestClient client = fixture.greeted()) {
                client.optionHeader(OPTION_MAGIC, 1, length);
                sendUntilCutOff(client, new byte[Math.min(length, 60_000)]);
                assertThat(client.isClosedByServer()).isTrue();
            }
        }
    }

    /** The server may hang up before it has all; then the rest cannot be sent. */
    private static void sendUntilCutOff(NbdTestClient client, byte[] bytes) {
        try {
            client.send(bytes);
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("pipe");
        }
    }

    @Test
    void badOptionMagicIsCutOff() throws IOException {
        try (NbdTestClient client = fixture.greeted()) {
            client.optionHeader(OPTION_MAGIC ^ 1, 3, 0);
            assertThat(client.isClosedByServer()).isTrue();
        }
        try (NbdTestClient client = fixture.greeted()) {
            client.option(3);
            client.reply();
            client.reply();
            assertThat(client.reply().type()).isEqualTo(ACK);
            client.optionHeader(0, 3, 0);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void unknownClientFlagsAreCutOff() throws IOException {
        for (int flags : new int[] {4, 7, 1 << 16, -1}) {
            try (NbdTestClient client = NbdTestClient.connect(fixture.socket())) {
                client.read(18);
                client.flags(flags);
                assertThat(client.isClosedByServer()).isTrue();
            }
        }
    }

    @Test
    void optionFloodIsCutOff() throws IOException {
        try (NbdTestClient client = fixture.greeted()) {
            int answered = 0;
            try {
                while (answered < 100_000) {
                    client.option(99);
                    client.reply();
                    answered++;
                }
            } catch (IOException e) {
                // cut off
            }
            assertThat(answered).isEqualTo(NbdLimits.MAXIMUM_OPTIONS);
        }
    }

    // Behaviour over time

    @Test
    void handshakesThatBreakOffAnywhereLeaveNothingBehind() throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.write(new byte[] {0, 0, 0, 3});
        byte[] go = info("disk", 3);
        stream.write(ByteBuffer.allocate(16)
                .putLong(OPTION_MAGIC)
                .putInt(GO)
                .putInt(go.length)
                .array());
        stream.write(go);
        stream.write(NbdTestClient.header(REQUEST_MAGIC, 0, WRITE, 1, 0, 4));
        stream.write(new byte[4]);
        byte[] all = stream.toByteArray();
        for (int length = 0; length <= all.length; length++) {
            try (NbdTestClient client = NbdTestClient.connect(fixture.socket())) {
                client.send(all, 0, length);
                if (length % 2 == 0) {
                    client.finishSending();
                    while (!client.isClosedByServer()) {
                        // until all replies are read
                    }
                }
            }
        }
        fixture.awaitNoConnections();
        assertThat(fixture.server().lentBuffers()).isZero();
    }

    @Test
    void aClientThatSendsByteByByteIsServed() throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.write(ByteBuffer.allocate(16)
                .putLong(OPTION_MAGIC)
                .putInt(GO)
                .putInt(10)
                .array());
        stream.write(info("disk"));
        stream.write(NbdTestClient.header(REQUEST_MAGIC, 0, WRITE, 1, 100, 300));
        stream.write(hostilePayload(300));
        stream.write(NbdTestClient.header(REQUEST_MAGIC, 0, READ, 2, 100, 300));
        try (NbdTestClient client = fixture.greeted()) {
            for (byte b : stream.toByteArray()) {
                client.send(new byte[] {b});
            }
            client.reply();
            assertThat(client.reply().type()).isEqualTo(ACK);
            assertThat(client.simpleReply().error()).isZero();
            assertThat(client.simpleReply().cookie()).isEqualTo(2);
            assertThat(client.read(300).array()).isEqualTo(hostilePayload(300));
            assertInStep(client);
        }
    }

    @Test
    void clientsThatNeverReadHurtNobodyElse() throws Exception {
        fixture.device.fill((byte) 1);
        List<NbdTestClient> deaf = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                NbdTestClient client = i % 2 == 0 ? fixture.simple() : fixture.structured();
                deaf.add(client);
                ByteArrayOutputStream requests = new ByteArrayOutputStream();
                for (int k = 0; k < 64; k++) {
                    requests.write(
                            NbdTestClient.header(REQUEST_MAGIC, 0, READ, k, 0, i % 3 == 0 ? 4 << 20 : 256 << 10));
                }
                client.send(requests.toByteArray());
            }
            byte[] expected = new byte[4 << 20];
            Arrays.fill(expected, (byte) 1);
            try (NbdTestClient good = fixture.structured()) {
                for (int i = 0; i < 20; i++) {
                    assertThat(Arrays.equals(good.readStructured(0, expected.length, 0), expected))
                            .isTrue();
                    good.write(0, expected);
                }
            }
            // A stalled reply gives up its extra buffers when somebody else needs them.
            await().until(() -> {
                Lease lease = fixture.server().tryExtraBuffer();
                if (lease != null) {
                    lease.release();
                }
                return lease != null;
            });
            fixture.assertServesOthers();
            fixture.server().close(); // ends them all
            assertThat(fixture.server().connections()).isZero();
        } finally {
            for (NbdTestClient client : deaf) {
                client.close();
            }
        }
        fixture.restart();
    }

    @Test
    void aClientThatReadsLateGetsAllReplies() throws Exception {
        fixture.device.fill((byte) 7);
        try (NbdTestClient client = fixture.simple();
                NbdTestClient deaf = fixture.simple()) {
            for (NbdTestClient each : List.of(client, deaf)) {
                ByteArrayOutputStream requests = new ByteArrayOutputStream();
                for (int k = 0; k < 64; k++) {
                    requests.write(NbdTestClient.header(REQUEST_MAGIC, 0, READ, k, 0, 256 << 10));
                }
                each.send(requests.toByteArray());
            }
            List<Lease> taken = new ArrayList<>();
            await().until(() -> {
                Lease lease = fixture.server().tryExtraBuffer(); // takes what waits for the clients
                if (lease != null) {
                    taken.add(lease);
                }
                return taken.size() == fixture.server().maximumExtraBuffers();
            });
            byte[] expected = new byte[256 << 10];
            Arrays.fill(expected, (byte) 7);
            for (int k = 0; k < 64; k++) {
                assertThat(client.simpleReply().error()).isZero();
                assertThat(Arrays.equals(client.read(expected.length).array(), expected))
                        .isTrue();
            }
            taken.forEach(Lease::release);
            assertInStep(client);
        }
    }

    @Test
    void aClientThatVanishesInAPayloadLeavesTheRestAlone() throws IOException {
        for (int length : new int[] {100, 70_000, 1 << 20, 4 << 20}) {
            try (NbdTestClient client = fixture.simple()) {
                client.request(WRITE, 0, 0, length);
                client.send(hostilePayload(length), 0, length - 1);
            }
        }
        fixture.awaitNoConnections();
        assertThat(fixture.export.clients()).isZero();
        assertThat(fixture.device.byteAt(4 << 20)).isZero();
    }

    @Test
    void moreConnectionsThanTheLimitAreRefused() throws IOException {
        List<NbdTestClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < NbdLimits.MAXIMUM_CONNECTIONS; i++) {
                clients.add(fixture.simple());
            }
            try (NbdTestClient oneTooMany = NbdTestClient.connect(fixture.socket())) {
                assertThat(oneTooMany.isClosedByServer()).isTrue();
            }
            for (NbdTestClient client : clients) {
                assertThat(client.readSimple(0, 1)).hasSize(1);
            }
        } finally {
            for (NbdTestClient client : clients) {
                client.close();
            }
        }
        fixture.awaitNoConnections();
    }

    @Test
    void clientsThatIdleInTheHandshakeMakeRoomWhenTheServerIsFull() throws IOException {
        List<NbdTestClient> idle = new ArrayList<>();
        try {
            for (int i = 0; i < NbdLimits.MAXIMUM_CONNECTIONS; i++) {
                idle.add(NbdTestClient.connect(fixture.socket()));
                idle.get(i).read(18);
            }
            await().until(() -> {
                try (NbdTestClient client = fixture.simple()) {
                    return client.readSimple(0, 1).length == 1;
                } catch (IOException e) {
                    return false; // refused, until the first has been idle for too long
                }
            });
        } finally {
            for (NbdTestClient client : idle) {
                client.close();
            }
        }
        fixture.awaitNoConnections();
    }

    private static byte[] hostilePayload(int length) {
        byte[] payload = new byte[length];
        new Random(length).nextBytes(payload);
        return payload;
    }

    private static void assertGoes(NbdTestClient client) throws IOException {
        assertThat(client.go("disk")).isEqualTo(SIZE);
        // Structured replies may have been negotiated; a flush is answered alike in both.
        assertThat(client.simpleError(FLUSH, 0, 0, 0)).isZero();
    }

    private static void assertInStep(NbdTestClient client) throws IOException {
        client.write(123, new byte[] {9, 8, 7});
        assertThat(client.readSimple(122, 4)[1]).isEqualTo((byte) 9);
    }

    private static void assertInStepStructured(NbdTestClient client) throws IOException {
        client.write(123, new byte[] {9, 8, 7});
        assertThat(client.readStructured(123, 3, 0)).isEqualTo(new byte[] {9, 8, 7});
    }
}
