// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import static io.github.cramdisk.nbd.NbdTestClient.ACK;
import static io.github.cramdisk.nbd.NbdTestClient.ERR_INVALID;
import static io.github.cramdisk.nbd.NbdTestClient.ERR_UNKNOWN;
import static io.github.cramdisk.nbd.NbdTestClient.ERR_UNSUP;
import static io.github.cramdisk.nbd.NbdTestClient.contexts;
import static io.github.cramdisk.nbd.NbdTestClient.info;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.nbd.NbdTestClient.OptionReply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(30)
class HandshakeTest {
    private static final int GO = 7;
    private static final int INFO = 6;

    /** HAS_FLAGS, FLUSH, FUA, TRIM, WRITE_ZEROES, MULTI_CONN, CACHE, FAST_ZERO. */
    private static final int FLAGS = 0xd6d;

    private static final int FLAG_DF = 0x80;

    /** HAS_FLAGS, READ_ONLY, FLUSH, FUA, MULTI_CONN, CACHE. */
    private static final int READ_ONLY_FLAGS = 0x50f;

    @RegisterExtension
    final ServerFixture fixture = new ServerFixture();

    @Test
    void goTellsSizeFlagsNameDescriptionAndBlockSizes() throws IOException {
        try (NbdTestClient client = fixture.greeted()) {
            client.option(GO, info("disk", 0, 1, 2, 3));

            ByteBuffer export = client.reply().data();
            assertThat(export.getShort(0)).isZero();
            assertThat(export.getLong(2)).isEqualTo(ServerFixture.SIZE_BYTES);
            assertThat(export.getShort(10)).isEqualTo((short) FLAGS);
            assertThat(text(client.reply(), 1)).isEqualTo("disk");
            assertThat(text(client.reply(), 2)).isEqualTo("a test disk");
            ByteBuffer sizes = client.reply().data();
            assertThat(sizes.getShort(0)).isEqualTo((short) 3);
            assertThat(sizes.getInt(2)).isEqualTo(1);
            assertThat(sizes.getInt(6)).isEqualTo(MemoryDevice.BLOCK_BYTES);
            assertThat(sizes.getInt(10)).isEqualTo(32 << 20);
            assertThat(client.reply().type()).isEqualTo(ACK);
            assertThat(client.readSimple(0, 10)).isEqualTo(new byte[10]);
        }
    }

    @Test
    void infoAnswersLikeGoAndStaysInTheHandshake() throws IOException {
        try (NbdTestClient client = fixture.greeted()) {
            for (int i = 0; i < 3; i++) {
                client.option(INFO, info("fixed"));
                ByteBuffer export = client.reply().data();
                assertThat(export.getShort(10)).isEqualTo((short) READ_ONLY_FLAGS);
                assertThat(client.reply().type()).isEqualTo(ACK);
            }
            assertThat(client.go("disk")).isEqualTo(ServerFixture.SIZE_BYTES);
        }
    }

    @Test
    void structuredRepliesAddTheFlagDf() throws IOException {
        try (NbdTestClient client = fixture.greeted()) {
            client.option(8);
            assertThat(client.reply().type()).isEqualTo(ACK);
            client.option(INFO, info("disk"));
            assertThat(client.reply().data().getShort(10)).isEqualTo((short) (FLAGS | FLAG_DF));
        }
    }

    @Test
    void listsAllExportsInOrder() throws IOException {
        try (NbdTestClient client = fixture.greeted()) {
            client.option(3);
            OptionReply first = client.reply();
            assertThat(first.type()).isEqualTo(2);
            assertThat(first.data().getInt()).isEqualTo(4);
            assertThat(first.text(4)).isEqualTo("diska test disk");
            assertThat(client.reply().type()).isEqualTo(2);
            assertThat(client.reply().type()).isEqualTo(ACK);
        }
    }

    @Test
    void exportNameEntersTransmissionWithoutZeroes() throws IOException {
        try (NbdTestClient client = fixture.greeted()) {
            client.option(1, "disk".getBytes(StandardCharsets.UTF_8));
            ByteBuffer reply = client.read(10);
            assertThat(reply.getLong(0)).isEqualTo(ServerFixture.SIZE_BYTES);
            assertThat(reply.getShort(8)).isEqualTo((short) FLAGS);
            assertThat(client.readSimple(5, 3)).isEqualTo(new byte[3]);
        }
    }

    @Test
    void exportNameSendsZeroesToClientsThatDidNotAskForLess() throws IOException {
        try (NbdTestClient client = NbdTestClient.connect(fixture.socket())) {
            client.read(18);
            client.flags(1);
            client.option(1, "disk".getBytes(StandardCharsets.UTF_8));
            client.read(10);
            assertThat(client.read(124).array()).isEqualTo(new byte[124]);
            assertThat(client.readSimple(5, 3)).isEqualTo(new byte[3]);
        }
    }

    @Test
    void servesOldClientsThatSetNoFlags() throws IOException {
        try (NbdTestClient client = NbdTestClient.connect(fixture.socket())) {
            client.read(18);
            client.flags(0);
            client.option(1, "disk".getBytes(StandardCharsets.UTF_8));
            client.read(10 + 124);
            assertThat(client.readSimple(5, 3)).isEqualTo(new byte[3]);
        }
    }

    @Test
    void theEmptyNameIsTheOnlyExport() throws IOException {
        fixture.exports.remove("fixed");
        try (NbdTestClient client = fixture.greeted()) {
            client.option(GO, info("", 1));
            client.reply();
            assertThat(text(client.reply(), 1)).isEqualTo("disk");
            assertThat(client.reply().type()).isEqualTo(ACK);
        }
    }

    @Test
    void theEmptyNameIsUnknownAmongSeveralExports() throws IOException {
        try (NbdTestClient client = fixture.greeted()) {
            client.option(GO, info(""));
            assertThat(client.reply().type()).isEqualTo(ERR_UNKNOWN);
            assertThat(client.go("disk")).isEqualTo(ServerFixture.SIZE_BYTES);
        }
    }

    @Test
    void abortIsAcknowledgedAndEndsTheSession() throws IOException {
        try (NbdTestClient client = fixture.greeted()) {
            client.option(2, (byte) 1, (byte) 2);
            assertThat(client.reply().type()).isEqualTo(ACK);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void listsContextsByWildcardNameAndNothing() throws IOException {
        try (NbdTestClient client = fixture.greeted()) {
            client.option(8);
            client.reply();
            for (String[] queries : new String[][] {{}, {"base:"}, {"base:allocation"}, {"x-any:thing", "base:"}}) {
                client.option(9, contexts("disk", queries));
                OptionReply context = client.reply();
                assertThat(context.type()).isEqualTo(4);
                assertThat(context.text(4)).isEqualTo("base:allocation");
                assertThat(client.reply().type()).isEqualTo(ACK);
            }
            client.option(9, contexts("disk", "qemu:dirty-bitmap:x"));
            assertThat(client.reply().type()).isEqualTo(ACK);
        }
    }

    @Test
    void settingContextsSelectsByFullNameOnly() throws IOException {
        try (NbdTestClient client = fixture.greeted()) {
            client.option(8);
            client.reply();
            for (String[] queries : new String[][] {{}, {"base:"}, {"base:unheard-of"}, {"qemu:"}}) {
                client.option(10, contexts("disk", queries));
                assertThat(client.reply().type()).isEqualTo(ACK);
            }
            client.option(10, contexts("nothing", "base:allocation"));
            assertThat(client.reply().type()).isEqualTo(ERR_UNKNOWN);
        }
    }

    @Test
    void contextsOfAnotherExportDoNotCount() throws IOException {
        try (NbdTestClient client = fixture.greeted()) {
            client.option(8);
            client.reply();
            client.option(10, contexts("fixed", "base:allocation"));
            client.reply();
            client.reply();
            client.go("disk");
            assertThat(client.chunkError(NbdTestClient.BLOCK_STATUS, 0, 0, 4096))
                    .isEqualTo(NbdTestClient.EINVAL);
        }
    }

    @Test
    void aFailedSettingClearsTheContextsBefore() throws IOException {
        try (NbdTestClient client = fixture.greeted()) {
            client.option(8);
            client.reply();
            client.option(10, contexts("disk", "base:allocation"));
            client.reply();
            client.reply();
            client.option(10, (byte) 1);
            assertThat(client.reply().type()).isEqualTo(ERR_INVALID);
            client.go("disk");
            assertThat(client.chunkError(NbdTestClient.BLOCK_STATUS, 0, 0, 4096))
                    .isEqualTo(NbdTestClient.EINVAL);
        }
    }

    @Test
    void tlsAndExtendedHeadersAreUnsupported() throws IOException {
        try (NbdTestClient client = fixture.greeted()) {
            for (int option : new int[] {5, 11}) {
                client.option(option);
                OptionReply reply = client.reply();
                assertThat(reply.option()).isEqualTo(option);
                assertThat(reply.type()).isEqualTo(ERR_UNSUP);
            }
            assertThat(client.go("disk")).isEqualTo(ServerFixture.SIZE_BYTES);
        }
    }

    @Test
    void manyExportsFitInAList() throws IOException {
        String description = "d".repeat(4000);
        for (int i = 0; i < 200; i++) {
            fixture.exports.add(new Export("many-" + i, description, true, fixture.device));
        }
        try (NbdTestClient client = fixture.greeted()) {
            client.option(3);
            int count = 0;
            while (client.reply().type() == 2) {
                count++;
            }
            assertThat(count).isEqualTo(202);
        }
    }

    private static String text(OptionReply reply, int infoType) {
        assertThat(reply.data().getShort(0)).isEqualTo((short) infoType);
        return reply.text(2);
    }
}
