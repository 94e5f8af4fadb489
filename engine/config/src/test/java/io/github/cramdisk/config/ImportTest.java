// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.config.ConfigImport;
import io.github.cramdisk.api.config.ConfigImport.Kept;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.SizeLimit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Configuration as people and distributions write it. */
class ImportTest {
    private static final long RAM = 16L << 30;

    @Test
    void readsTheFstabOfAMachineAndLeavesItsDisksAlone() {
        ConfigImport read = fstab("""
                # /etc/fstab: static file system information.
                UUID=0d7d0b9e-58a5-4f0f-8c1a-5f4d4c1c1b11 / ext4 errors=remount-ro 0 1
                /dev/sda2 none swap sw 0 0

                tmpfs\t/tmp\ttmpfs\tdefaults,noatime,mode=1777,size=2g\t0\t0
                tmpfs   /var/log/ tmpfs nr_blocks=25600,nr_inodes=10k
                """);
        assertThat(read.kept()).isEmpty();
        assertThat(read.volumes()).hasSize(2);
        ConfigVolume.Tmpfs tmp = tmpfs(read, 0);
        assertThat(tmp.spec().size()).isEqualTo(SizeLimit.of(ByteSize.ofGibi(2)));
        assertThat(tmp.spec().flags().suid())
                .as("what fstab does not forbid is allowed")
                .isTrue();
        assertThat(read.volumes().get(0).origin()).isEqualTo("/etc/fstab:5");
        ConfigVolume.Tmpfs log = tmpfs(read, 1);
        assertThat(log.target()).isEqualTo("/var/log");
        assertThat(log.spec().size()).isEqualTo(SizeLimit.of(ByteSize.ofMebi(100)));
        assertThat(log.spec().inodes()).isEqualTo(10_240);
    }

    @Test
    void keepsEveryOptionThatItDoesNotUnderstand() {
        ConfigImport read = fstab("tmpfs /mnt tmpfs size=1.5G,mystery=1,swap,uid=nobody,x-gvfs-hide 0 2\n");
        assertThat(read.volumes()).hasSize(1);
        assertThat(read.kept())
                .extracting(Kept::text)
                .containsExactlyInAnyOrder("size=1.5G", "mystery=1", "swap", "uid=nobody", "x-gvfs-hide", "2");
    }

    @Test
    void ofTwoLimitsTheLastOneCounts() {
        assertThat(tmpfs(fstab("t /a tmpfs size=1m,nr_blocks=1\n"), 0).spec().size())
                .isEqualTo(SizeLimit.of(ByteSize.ofKibi(4)));
        assertThat(tmpfs(fstab("t /a tmpfs nr_blocks=1,size=1m\n"), 0).spec().size())
                .isEqualTo(SizeLimit.of(ByteSize.ofMebi(1)));
        assertThat(tmpfs(fstab("t /a tmpfs size=1m,size=0\n"), 0).spec().size()).isEqualTo(SizeLimit.unlimited());
    }

    @Test
    void keepsWholeLinesThatAreNoVolume() {
        ConfigImport read = fstab("tmpfs relative/path tmpfs defaults 0 0\n/dev/zram0 none swap defaults 0 0\n");
        assertThat(read.volumes()).isEmpty();
        assertThat(read.kept())
                .extracting(Kept::text)
                .containsExactly("tmpfs relative/path tmpfs defaults 0 0", "/dev/zram0 none swap defaults 0 0");
    }

    @Test
    void readsTheTmpMountOfSystemd() {
        ConfigImport read = UnitParser.parse(Map.of("/usr/lib/systemd/system/tmp.mount", """
                [Unit]
                Description=Temporary Directory /tmp
                Documentation=https://systemd.io/TEMPORARY_DIRECTORIES
                ConditionPathIsSymbolicLink=!/tmp
                DefaultDependencies=no
                Conflicts=umount.target
                Before=local-fs.target umount.target
                After=swap.target

                [Mount]
                What=tmpfs
                Where=/tmp
                Type=tmpfs
                Options=mode=1777,strictatime,nosuid,nodev,size=50%%,nr_inodes=1m
                """));
        assertThat(tmpfs(read, 0).spec().size()).isEqualTo(SizeLimit.parse("50%"));
        assertThat(tmpfs(read, 0).spec().inodes()).isEqualTo(1 << 20);
        assertThat(read.kept()).extracting(Kept::text).containsExactly("Unit.ConditionPathIsSymbolicLink=!/tmp");
    }

    @Test
    void readsTheZramSwapOfFedora() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("/usr/lib/systemd/zram-generator.conf", """
                # This config file enables a /dev/zram0 device with the default settings:
                [zram0]
                zram-size = min(ram, 8192)
                """);
        files.put("/etc/systemd/zram-generator.conf.d/10.conf", """
                [zram0]
                compression-algorithm = zstd
                host-memory-limit = 9048
                """);
        ConfigImport read = ZramGeneratorParser.parse(files, RAM);
        ConfigVolume.Zram zram = (ConfigVolume.Zram) read.volumes().get(0).volume();
        assertThat(zram.spec().size()).isEqualTo(ByteSize.ofGibi(8));
        assertThat(zram.spec().use()).isEqualTo(new DeviceSwap(100, DeviceSwap.Discard.BOTH, null, null));
        assertThat(read.kept())
                .extracting(Kept::text)
                .containsExactlyInAnyOrder("zram-size = min(ram, 8192)", "host-memory-limit = 9048");
    }

    @Test
    void keepsASectionWhoseSizeItCannotWorkOut() {
        ConfigImport read = ZramGeneratorParser.parse(Map.of("/etc/x.conf", "[zram0]\nzram-size = log(ram)\n"), RAM);
        assertThat(read.volumes()).isEmpty();
        assertThat(read.kept()).extracting(Kept::text).containsExactly("[zram0]\nzram-size = log(ram)");
    }

    private static ConfigImport fstab(String text) {
        return FstabParser.parse("/etc/fstab", text, "");
    }

    private static ConfigVolume.Tmpfs tmpfs(ConfigImport read, int number) {
        return (ConfigVolume.Tmpfs) read.volumes().get(number).volume();
    }
}
