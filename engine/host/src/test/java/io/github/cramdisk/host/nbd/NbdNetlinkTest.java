// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.nbd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NbdNetlinkTest {
    private static final int FAMILY = 0x20;
    private static final NbdSettings SETTINGS = new NbdSettings(256L << 20, 4096, 0x56d, 60, "abc");

    @BeforeEach
    void recordedOnALittleEndianMachine() {
        assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "the messages were recorded on x86-64");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** As a kernel of 6.1 accepted it. */
    @Test
    void connectsAsItWasRecorded() {
        assertThat(hex(NbdNetlink.connect(FAMILY, 3, SETTINGS, 4)))
                .isEqualTo("68000000200005000300000000000000" + "01010000"
                        + "0c00020000000010000000000c00030000100000000000000c0004000000000000000000"
                        + "0c0005006d050000000000000c0008003c0000000000000008000a0061626300"
                        + "100007800c0001800800010004000000");
    }

    @Test
    void reconnectsWithoutATimeout() {
        assertThat(hex(NbdNetlink.reconnect(FAMILY, 3, 7, "abc", 4)))
                .isEqualTo("34000000200005000300000000000000" + "03010000"
                        + "080001000700000008000a0061626300100007800c0001800800010004000000");
    }

    @Test
    void resizesWithoutASocket() {
        assertThat(hex(NbdNetlink.resize(FAMILY, 3, 7, "abcd", 512L << 20)))
                .isEqualTo("34000000200005000300000000000000" + "03010000"
                        + "08000100070000000c000200000000200000000009000a006162636400000000");
    }

    @Test
    void disconnectsByNumber() {
        assertThat(hex(NbdNetlink.disconnect(FAMILY, 3, 7)))
                .isEqualTo("1c000000200005000300000000000000" + "02010000" + "0800010007000000");
    }

    @Test
    void readsTheDeviceThatTheKernelChose() {
        byte[] answer = HexFormat.of().parseHex("1c000000200000000300000000000000" + "01010000" + "0800010005000000");
        NbdNetlink.Incoming message = new NbdNetlink.Incoming(ByteBuffer.wrap(answer));
        assertThat(message.family()).isEqualTo(FAMILY);
        assertThat(message.command()).isEqualTo(NbdNetlink.CONNECT);
        assertThat(message.intAttribute(NbdNetlink.INDEX)).hasValue(5);
        assertThat(message.intAttribute(NbdNetlink.SIZE_BYTES)).isEmpty();
    }

    @Test
    void findsTheFamilyAmongOtherAttributes() {
        byte[] answer = HexFormat.of()
                .parseHex("54000000100000000300000000000000" + "01020000" + "0600010020000000" + "38000700"
                        + "1400010007000100666f6f0008000200" + "09000000"
                        + "20000200110001006e62645f6d635f67726f7570000000000800020007000000");
        NbdNetlink.Incoming message = new NbdNetlink.Incoming(ByteBuffer.wrap(answer));
        assertThat(message.shortAttribute(NbdNetlink.CONTROL_FAMILY_ID)).hasValue(0x20);
    }

    @Test
    void anAttributeThatLiesAboutItsLengthIsNone() {
        byte[] answer = HexFormat.of().parseHex("1c000000200000000300000000000000" + "01010000" + "ff00010005000000");
        assertThat(new NbdNetlink.Incoming(ByteBuffer.wrap(answer)).intAttribute(NbdNetlink.INDEX))
                .isEmpty();
    }
}
