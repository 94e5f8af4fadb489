// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.attach.AttachSpec;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.FilesystemType;
import io.github.cramdisk.host.nbd.Superblock;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AttachChoiceTest {
    private static final DeviceFilesystem EXT4 = DeviceFilesystem.of(FilesystemType.EXT4, "/mnt/d");
    private static final DeviceFilesystem XFS = DeviceFilesystem.of(FilesystemType.XFS, "/mnt/d");
    private static final DiskInfo FILLED = disk(4096);
    private static final DiskInfo EMPTY = disk(0);

    private static DiskInfo disk(long logicalBytes) {
        return DiskInfo.ofServing(
                DiskSpec.of("d", ByteSize.ofGibi(1)), "nbd+unix:///d?socket=/r", logicalBytes, 0, logicalBytes, 0);
    }

    private static Optional<Superblock> holding(String type) {
        return Optional.of(new Superblock(type, null, "u"));
    }

    @Test
    void withoutATypeWhatIsThereIsMountedAsItIs() {
        AttachSpec fitting = AttachChoice.fitting(new AttachSpec(EXT4, false, true), holding("xfs"));
        assertThat(fitting).isEqualTo(AttachSpec.with(XFS));
        assertThat(AttachChoice.mustFormat(FILLED, fitting, holding("xfs"))).isFalse();
    }

    @Test
    void withoutATypeAnEmptyDiskGetsTheDefault() {
        AttachSpec wish = new AttachSpec(EXT4, false, true);
        assertThat(AttachChoice.fitting(wish, Optional.empty())).isEqualTo(wish);
        assertThat(AttachChoice.mustFormat(EMPTY, wish, Optional.empty())).isTrue();
    }

    @Test
    void anotherTypeThanTheOneAskedForIsKeptAndRefused() {
        AttachSpec wish = AttachSpec.with(EXT4);
        assertThat(AttachChoice.fitting(wish, holding("xfs"))).isEqualTo(wish);
        assertThatThrownBy(() -> AttachChoice.mustFormat(FILLED, wish, holding("xfs")))
                .hasMessageContaining("holds xfs");
    }

    @Test
    void swapIsNoFilesystemOfAnyType() {
        AttachSpec wish = new AttachSpec(EXT4, false, true);
        assertThatThrownBy(() ->
                        AttachChoice.mustFormat(FILLED, AttachChoice.fitting(wish, holding("swap")), holding("swap")))
                .hasMessageContaining("holds swap");
    }

    @Test
    void unknownDataAreNeverFormattedUnasked() {
        AttachSpec wish = AttachSpec.with(DeviceSwap.of(null));
        assertThatThrownBy(() -> AttachChoice.mustFormat(FILLED, wish, Optional.empty()))
                .hasMessageContaining("data");
        assertThat(AttachChoice.mustFormat(FILLED, new AttachSpec(DeviceSwap.of(null), true, true), Optional.empty()))
                .isTrue();
    }
}
