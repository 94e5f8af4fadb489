// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.FileMode;
import io.github.cramdisk.api.volume.FilesystemType;
import io.github.cramdisk.api.volume.HugePages;
import io.github.cramdisk.api.volume.InodeWidth;
import io.github.cramdisk.api.volume.MemoryPolicy;
import io.github.cramdisk.api.volume.MountFlags;
import io.github.cramdisk.api.volume.RamfsSpec;
import io.github.cramdisk.api.volume.SizeLimit;
import io.github.cramdisk.api.volume.TmpfsQuota;
import io.github.cramdisk.api.volume.TmpfsSpec;
import io.github.cramdisk.api.volume.ZramAlgorithm;
import io.github.cramdisk.api.volume.ZramDevice;
import io.github.cramdisk.api.volume.ZramSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeFormatTest {
    private static final String BOOT = "0a1b";

    static List<VolumeDefinition> definitions() {
        return List.of(
                VolumeDefinition.of(TmpfsSpec.of("/mnt/ram", SizeLimit.parse("50%")), BOOT),
                VolumeDefinition.of(
                        new TmpfsSpec(
                                "/mnt/ä \"b\"\n\\c",
                                true,
                                SizeLimit.unlimited(),
                                0L,
                                FileMode.parse("1777"),
                                1000L,
                                1001L,
                                HugePages.WITHIN_SIZE,
                                MemoryPolicy.parse("bind=static:0-3,5"),
                                true,
                                InodeWidth.INODE64,
                                new TmpfsQuota(true, false, ByteSize.ofMebi(1), 5L, null, null),
                                "",
                                true,
                                MountFlags.parse("ro,suid,noexec,noatime"),
                                true),
                        BOOT),
                VolumeDefinition.of(RamfsSpec.of("/mnt/r"), BOOT),
                VolumeDefinition.of(ZramSpec.of(ByteSize.ofMebi(64), DeviceSwap.of(100)), BOOT, new ZramDevice(3), 17),
                VolumeDefinition.of(
                        new ZramSpec(
                                ByteSize.ofGibi(2),
                                ZramAlgorithm.parse("zstd:level=8"),
                                List.of(ZramAlgorithm.of("deflate")),
                                ByteSize.ofMebi(512),
                                new DeviceFilesystem(
                                        FilesystemType.BTRFS,
                                        "/mnt/z",
                                        true,
                                        "scratch",
                                        UUID.fromString("7b6bc6a4-8f0c-4a0f-9a0c-7d8e3f1a2b3c"),
                                        0L,
                                        0L,
                                        null,
                                        MountFlags.DEFAULT,
                                        List.of("compress=zstd"),
                                        false),
                                false),
                        BOOT,
                        new ZramDevice(0),
                        0));
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void whatIsWrittenIsReadBack(VolumeDefinition definition) throws DefinitionException {
        String text = VolumeFormat.render(definition);
        assertThat(VolumeFormat.parse(definition.id(), text)).as(text).isEqualTo(definition);
    }

    @Test
    void readsAsAPersonWouldWriteIt() {
        String text = VolumeFormat.render(
                VolumeDefinition.of(TmpfsSpec.of("/mnt/ram", SizeLimit.of(ByteSize.ofMebi(1536))), BOOT));
        assertThat(text.replace('\'', '"'))
                .contains("kind = \"tmpfs\"", "volume.target = \"/mnt/ram\"", "volume.size = \"1536M\"")
                .doesNotContain("null", "false", "quota");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "kind = 'tmpfs'",
                "kind = 'disk'\nvolume.target = '/t'",
                "kind = 'tmpfs'\nvolume.target = 'relative'",
                "kind = 'tmpfs'\nvolume.target = '/t'\nvolume.sise = '1G'",
                "kind = 'tmpfs'\nvolume.target = '/t'\nvolume.size = '1G,suid'",
                "kind = 'tmpfs'\nvolume.target = '/t'\nvolume.flags.sudi = true",
                "kind = 'tmpfs'\nvolume.target = '/t'\nlimit = 1",
                "kind = 'zram'\nvolume.size = '1'",
                "kind = 'zram'\nvolume.size = '1G'\ndevice = '/dev/sda'",
                "kind = 'zram'\nvolume.size = '1G'\nvolume.use.use = 'raid'",
                "kind ="
            })
    void refusesWhatIsNoDefinition(String text) {
        assertThatThrownBy(() -> VolumeFormat.parse("t", text)).isInstanceOf(DefinitionException.class);
    }

    @Test
    void aBrokenFileHidesNoOther(@TempDir Path config) throws Exception {
        VolumeDirectory directory = VolumeDirectory.open(config);
        for (VolumeDefinition definition : definitions()) {
            directory.save(definition);
        }
        Files.writeString(config.resolve("volumes/tmpfs-broken.toml"), "kind = 'tmpfs'\n");
        VolumeDirectory again = VolumeDirectory.open(config);
        assertThat(again.all()).containsExactlyInAnyOrderElementsOf(definitionsOf(directory));
        assertThat(again.broken()).hasSize(1);
        again.delete(again.all().get(0));
        assertThat(VolumeDirectory.open(config).all()).hasSize(definitions().size() - 1);
    }

    private static List<VolumeDefinition> definitionsOf(VolumeDirectory directory) {
        return directory.all();
    }

    @Test
    void mountPointsHaveNamesOfTheirOwn() {
        assertThat(VolumeId.of("tmpfs", "/mnt/ram")).isEqualTo("tmpfs-mnt-ram");
        assertThat(VolumeId.of("tmpfs", "/mnt/a-b")).isNotEqualTo(VolumeId.of("tmpfs", "/mnt/a/b"));
        assertThat(VolumeId.of("tmpfs", "/" + "x".repeat(4000)).length()).isLessThan(250);
        assertThat(VolumeId.of("tmpfs", "/" + "x".repeat(4000)))
                .isNotEqualTo(VolumeId.of("tmpfs", "/" + "x".repeat(4001)));
    }
}
