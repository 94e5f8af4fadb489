// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.attach.Attachment;
import io.github.cramdisk.api.attach.Attachment.State;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.FilesystemType;
import io.github.cramdisk.api.volume.MountFlags;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigDisksTest {
    private static final String UUID = "0d7d0b9e-58a5-4f0f-8c1a-5f4d4c1c1b13";

    @TempDir
    private Path root;

    private static Attachment attached(String filesystem, @Nullable String target, boolean swap, String... options) {
        return new Attachment("/dev/nbd0", State.CONNECTED, filesystem, "mine", UUID, target, List.of(options), swap);
    }

    private static DeviceFilesystem mounted(Attachment attachment) {
        return (DeviceFilesystem) Objects.requireNonNull(ConfigDisks.use(attachment));
    }

    @Test
    void aMountedDiskIsConfiguredAsItIsMountedNow() throws Exception {
        Path target = Files.createDirectory(root.resolve("mounted"));
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-x---"));
        DeviceFilesystem use = mounted(attached(
                "ext4",
                target.toString(),
                false,
                "rw",
                "nosuid",
                "nodev",
                "noexec",
                "noatime",
                "discard",
                "commit=60"));
        assertThat(use.type()).isEqualTo(FilesystemType.EXT4);
        assertThat(use.target()).isEqualTo(target.toString());
        assertThat(use.label()).isEqualTo("mine");
        assertThat(use.uuid()).as("two with the same one cannot be mounted").isNull();
        assertThat(use.uid()).isEqualTo(((Integer) Files.getAttribute(target, "unix:uid")).longValue());
        assertThat(use.mode()).hasToString("750");
        assertThat(use.flags()).isEqualTo(MountFlags.parse("noexec,noatime"));
        assertThat(use.options()).containsExactly("commit=60");
        assertThat(use.noDiscard()).isFalse();
    }

    @Test
    void withoutDiscardItStaysWithout() {
        DeviceFilesystem use = mounted(attached("xfs", "/gone", false, "rw", "nosuid", "nodev", "relatime"));
        assertThat(use.noDiscard()).isTrue();
        assertThat(use.flags()).isEqualTo(MountFlags.DEFAULT);
        assertThat(use.uid()).isNull();
    }

    @Test
    void swapIsSwapAndWhatIsNotUsedIsNothing() {
        assertThat(ConfigDisks.use(attached("swap", null, true)))
                .isEqualTo(new DeviceSwap(null, DeviceSwap.Discard.NONE, "mine", null));
        assertThat(ConfigDisks.use(attached("ext4", null, false))).isNull();
        assertThat(ConfigDisks.use(attached("vfat", "/mnt/x", false))).isNull();
        assertThat(ConfigDisks.use(null)).isNull();
    }
}
