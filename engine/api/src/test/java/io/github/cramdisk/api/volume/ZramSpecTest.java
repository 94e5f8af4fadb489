// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZramSpecTest {
    @ParameterizedTest
    @ValueSource(strings = {"lz4", "lzo-rle", "zstd:level=8", "zstd:dict=/etc/zram.dict,level=-5", "842"})
    void readsAlgorithms(String text) {
        assertThat(ZramAlgorithm.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "LZ4",
                "lz4:",
                "zstd:8",
                "zstd:level",
                "zstd:level=x",
                "zstd:level=1,level=2",
                "lz4 zstd",
                "zstd:dict=relative",
                "zstd:priority=1",
                "lz4\nzstd",
                "zstd:dict=/a b"
            })
    void refusesOtherAlgorithms(String text) {
        assertRefused(() -> ZramAlgorithm.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/zram12", "zram12", "12"})
    void readsDevices(String text) {
        assertThat(ZramDevice.parse(text)).isEqualTo(new ZramDevice(12)).hasToString("/dev/zram12");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/dev/sda", "/dev/zram", "/dev/zram0/..", "zram-1", "../zram0", "zram0 ", "zram9999999999"})
    void refusesWhatIsNoZramDevice(String text) {
        assertRefused(() -> ZramDevice.parse(text));
    }

    @Test
    void aFilesystemNeedsRoomForItself() {
        ZramSpec.of(ByteSize.ofMebi(1), DeviceFilesystem.of(FilesystemType.EXT4, "/t"));
        assertRefused(() -> ZramSpec.of(ByteSize.ofMebi(299), DeviceFilesystem.of(FilesystemType.XFS, "/t")));
        assertRefused(() -> ZramSpec.of(ByteSize.ofKibi(36), DeviceSwap.of(null)));
        assertRefused(() -> ZramSpec.of(new ByteSize(1_000_001), null));
        assertRefused(() -> new ZramSpec(ByteSize.ofMebi(1), null, List.of(), new ByteSize(1), null, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-L", "a/b", "a\"b", "seventeen-bytes-x", "a\nb", "éééééééé1"})
    void refusesLabels(String label) {
        assertRefused(() -> new DeviceSwap(null, DeviceSwap.Discard.NONE, label, null));
    }

    @Test
    void refusesPrioritiesThatTheKernelHasNot() {
        DeviceSwap.of(32767);
        assertRefused(() -> DeviceSwap.of(32768));
        assertRefused(() -> DeviceSwap.of(-1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"errors=panic", "data=ordered,suid", "journal_path=/dev/sda", "usrquota", "journal_dev=0x1"})
    void passesOnNoOptionThatReachesBeyondItsOwnData(String option) {
        assertThat(FilesystemType.EXT4.allows(option)).isFalse();
    }

    @Test
    void passesOnOptionsOfTheFilesystem() {
        assertThat(FilesystemType.EXT4.allows("data=writeback")).isTrue();
        assertThat(FilesystemType.XFS.allows("logbsize=256k")).isTrue();
        assertThat(FilesystemType.BTRFS.allows("compress=zstd:3")).isTrue();
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CramdiskException.class,
                        e -> assertThat(e.kind()).isIn(ErrorKind.INVALID_ZRAM_OPTION, ErrorKind.INVALID_DEVICE_OPTION));
    }
}
