// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.MountFlagsChange;
import io.github.cramdisk.api.volume.RamfsSpec;
import io.github.cramdisk.api.volume.SizeLimit;
import io.github.cramdisk.api.volume.TmpfsChange;
import io.github.cramdisk.api.volume.TmpfsSpec;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.api.volume.ZramChange;
import io.github.cramdisk.api.volume.ZramDevice;
import io.github.cramdisk.api.volume.ZramInfo;
import io.github.cramdisk.api.volume.ZramSpec;
import io.github.cramdisk.daemon.definition.VolumeDefinition;
import io.github.cramdisk.daemon.definition.VolumeDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeServiceTest {
    private static final DiskInfo DISK =
            DiskInfo.ofServing(DiskSpec.of("d", ByteSize.ofGibi(1)), "nbd+unix:///d?socket=/r", 300, 200, 250, 0);

    @TempDir
    private Path directory;

    private RecordedMachine machine;
    private RecordingVerbs verbs;
    private VolumeService volumes;

    @BeforeEach
    void record() throws IOException {
        machine = new RecordedMachine(directory);
        verbs = new RecordingVerbs(machine);
        volumes = new VolumeService(machine.house(verbs), () -> List.of(DISK));
    }

    private VolumeInfo only(VolumeKind kind) {
        List<VolumeInfo> found = volumes.list(false).volumes().stream()
                .filter(volume -> volume.kind() == kind)
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    @Test
    void listsEveryKindOnce() throws IOException {
        machine.mount("tmpfs", "tmpfs", "0:40", "/gone/with\\040space\\011tab", "rw,nosuid", "rw,size=1024k")
                .mount("tmpfs", "tmpfs", "0:40", "/gone/with\\040space\\011tab/bind/of/it", "rw", "rw,size=1024k")
                .mount("ramfs", "none", "0:41", "/gone/ramfs", "rw", "rw,mode=755")
                .mount("proc", "proc", "0:42", "/proc", "rw", "rw")
                .zram(0, 1 << 30, "4096000 1024000 1228800 0 1228800 10 0 0 0")
                .zram(1, 0, "0 0 0 0 0 0 0 0 0")
                .swap("/dev/zram0", 1 << 30, 1 << 20, 100)
                .swap("/swap\\040file", 2 << 20, 1 << 20, -2)
                .file("sys/module/zswap/parameters/enabled", "Y")
                .file("sys/module/zswap/parameters/compressor", "zstd")
                .file("sys/module/zswap/parameters/max_pool_percent", "20")
                .file("sys/block/nbd0/pid", "7")
                .file("sys/block/nbd0/dev", "43:0")
                .file("sys/block/nbd0/size", "2048")
                .file("sys/block/nbd1/dev", "43:1")
                .file("sys/block/nbd1/size", "0");
        assertThat(volumes.list(false).volumes())
                .extracting(VolumeInfo::kind, VolumeInfo::title)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(VolumeKind.DISK, "d"),
                        org.assertj.core.groups.Tuple.tuple(VolumeKind.TMPFS, "/gone/with space\ttab"),
                        org.assertj.core.groups.Tuple.tuple(VolumeKind.RAMFS, "/gone/ramfs"),
                        org.assertj.core.groups.Tuple.tuple(VolumeKind.ZRAM, "/dev/zram0"),
                        org.assertj.core.groups.Tuple.tuple(VolumeKind.ZRAM, "/dev/zram1"),
                        org.assertj.core.groups.Tuple.tuple(VolumeKind.ZSWAP, "zswap"),
                        org.assertj.core.groups.Tuple.tuple(VolumeKind.SWAP, "/swap file"),
                        org.assertj.core.groups.Tuple.tuple(VolumeKind.NBD, "/dev/nbd0"));
        ZramInfo zram = volumes.listZram().get(0);
        assertThat(zram.use()).isEqualTo("swap");
        assertThat(zram.swapPriority()).isEqualTo(100);
        assertThat(zram.algorithm()).isEqualTo("lz4");
        assertThat(zram.stats().memoryBytes()).isEqualTo(1_228_800);
        assertThat(zram.managed()).isFalse();
    }

    @Test
    void countsTheFilesOfWhatDoesNotCountByItself() throws IOException {
        Path ramfs = Files.createDirectory(directory.resolve("counted"));
        Files.write(ramfs.resolve("file"), new byte[1 << 20]);
        machine.mount("ramfs", "none", "0:41", ramfs.toString(), "rw", "rw,mode=755");
        VolumeInfo counted = only(VolumeKind.RAMFS);
        assertThat(counted.usedBytes()).isBetween(1L << 20, 2L << 20).isEqualTo(counted.residentBytes());
        assertThat(counted.atLeast()).isFalse();
        assertThat(counted.swappedBytes()).isZero();
    }

    @Test
    void saysThatThereMayBeMoreWhereItMayNotLook() throws IOException {
        machine.mount("ramfs", "none", "0:41", "/gone/ramfs", "rw", "rw,mode=755");
        assertThat(only(VolumeKind.RAMFS).atLeast()).isTrue();
    }

    @Test
    void whatItMountedIsOursAndStaysOursAfterARestart() throws IOException {
        volumes.mountTmpfs(TmpfsSpec.of("/gone/t", SizeLimit.parse("1G")));
        assertThat(only(VolumeKind.TMPFS).managed()).isTrue();
        VolumeService next = new VolumeService(machine.house(verbs), List::of);
        assertThat(next.list(false).volumes().get(0).managed()).isTrue();
        next.unmount("/gone/t", VolumeKind.TMPFS, false);
        assertThat(VolumeDirectory.open(machine.config()).all()).isEmpty();
    }

    @Test
    void theTmpfsForTheMemoryOfDisksIsOursAndStays() throws IOException {
        machine.mount("tmpfs", "cramdisk", "0:90", "/run/cramdisk/arena-0", "rw", "rw,size=1048576k");
        assertThat(only(VolumeKind.TMPFS).managed()).isTrue();
        for (String target : List.of("/run/cramdisk/arena-0", "/run")) {
            assertRefused(ErrorKind.HOLDS_DISKS, () -> volumes.unmount(target, VolumeKind.TMPFS, true));
        }
        assertThat(verbs.asked).isEmpty();
    }

    @Test
    void aRefusedMountLeavesNoDefinition() throws IOException {
        verbs.refuses = true;
        assertRefused(
                ErrorKind.AUTHORISATION_DISMISSED,
                () -> volumes.mountTmpfs(TmpfsSpec.of("/gone/t", SizeLimit.parse("1G"))));
        assertThat(VolumeDirectory.open(machine.config()).all()).isEmpty();
    }

    @Test
    void aMountThatCannotBeKeptIsUndone() throws IOException {
        Path definitions = machine.config().resolve("volumes");
        Files.delete(definitions);
        Files.writeString(definitions, "in the way");
        assertRefused(ErrorKind.CONFIG_UNWRITABLE, () -> volumes.mountRamfs(RamfsSpec.of("/gone/r")));
        assertThat(verbs.asked).containsExactly("ramfs /gone/r", "unmount /gone/r");
        assertRefused(ErrorKind.CONFIG_UNWRITABLE, () -> volumes.createZram(ZramSpec.of(ByteSize.ofMebi(1), null)));
        assertThat(verbs.asked).endsWith("create zram", "remove /dev/zram5");
    }

    @Test
    void aRemountChangesTheDefinitionAndIsCheckedBeforeAnybodyIsAsked() {
        volumes.mountTmpfs(TmpfsSpec.of("/gone/t", SizeLimit.parse("1G")));
        volumes.remountTmpfs(TmpfsChange.resize("/gone/t", SizeLimit.unlimited()));
        assertRefused(
                ErrorKind.TMPFS_CANNOT_CHANGE,
                () -> volumes.remountTmpfs(new TmpfsChange(
                        "/gone/t", null, null, null, null, null, null, null, true, null, null, MountFlagsChange.NONE)));
        assertRefused(
                ErrorKind.NO_SUCH_VOLUME,
                () -> volumes.remountTmpfs(TmpfsChange.resize("/gone/x", SizeLimit.unlimited())));
        assertThat(verbs.asked).containsExactly("tmpfs /gone/t", "remount /gone/t");
    }

    @Test
    void aDeviceWithTheNumberOfOursIsNotOurs() throws IOException {
        ZramInfo created = volumes.createZram(ZramSpec.of(ByteSize.ofMebi(1), DeviceSwap.of(5)));
        assertThat(created.managed()).isTrue();
        machine.file("sys/block/zram5/diskseq", "999");
        assertThat(volumes.showZram(new ZramDevice(5)).managed()).isFalse();
    }

    @Test
    void resetAndRemoveOfADevice() {
        ZramDevice device = new ZramDevice(5);
        volumes.createZram(ZramSpec.of(ByteSize.ofMebi(1), null));
        volumes.updateZram(device, new ZramChange(ByteSize.ofMebi(2), false, false));
        volumes.resetZram(device);
        volumes.removeZram(device);
        assertThat(verbs.asked)
                .containsExactly("create zram", "change /dev/zram5", "reset /dev/zram5 1M", "remove /dev/zram5");
        assertRefused(ErrorKind.NO_SUCH_VOLUME, () -> volumes.showZram(new ZramDevice(77)));
    }

    @Test
    void adoptsWhatSomethingElseMade() throws IOException {
        machine.mount(
                        "tmpfs",
                        "x",
                        "0:40",
                        "/gone/a\\040b",
                        "rw,noexec,relatime",
                        "rw,size=1024k,nr_inodes=7k,mode=700,uid=5,mpol=bind:0,2,noswap,inode64")
                .zram(0, 1 << 30, "0 0 0 8192 0 0 0 0 0")
                .swap("/dev/zram0", 1 << 30, 0, 100);
        volumes.adopt("/gone/a b");
        volumes.adopt("/dev/zram0");
        assertThat(only(VolumeKind.TMPFS).managed()).isTrue();
        assertThat(only(VolumeKind.ZRAM).managed()).isTrue();
        VolumeDirectory kept = VolumeDirectory.open(machine.config());
        TmpfsSpec tmpfs = ((VolumeDefinition.Spec.Tmpfs) kept.all().get(0).spec()).spec();
        assertThat(tmpfs.size()).isEqualTo(SizeLimit.of(ByteSize.ofMebi(1)));
        assertThat(tmpfs.inodes()).isEqualTo(7 << 10);
        assertThat(tmpfs.memoryPolicy()).hasToString("bind:0,2");
        assertThat(tmpfs.flags().words()).contains("suid", "dev", "noexec", "relatime");
        ZramSpec zram = ((VolumeDefinition.Spec.Zram) kept.all().get(1).spec()).spec();
        assertThat(zram.use()).isEqualTo(DeviceSwap.of(100));
        assertThat(zram.memLimit()).isEqualTo(new ByteSize(8192));
        assertThat(verbs.asked).isEmpty();
    }

    @Test
    void adoptsNothingOfTheSystem() throws IOException {
        machine.mount("tmpfs", "x", "0:40", "/run", "rw", "rw").zram(1, 0, "0 0 0 0 0 0 0 0 0");
        assertRefused(ErrorKind.CANNOT_ADOPT, () -> volumes.adopt("/run"));
        assertRefused(ErrorKind.CANNOT_ADOPT, () -> volumes.adopt("/boot"));
        assertRefused(ErrorKind.CANNOT_ADOPT, () -> volumes.adopt("/dev/zram1"));
        assertRefused(ErrorKind.NO_SUCH_VOLUME, () -> volumes.adopt("/nothing"));
    }

    @Test
    void definitionsArePrivate() throws IOException {
        volumes.mountTmpfs(TmpfsSpec.of("/gone/t", SizeLimit.parse("1G")));
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(machine.config().resolve("volumes/tmpfs-gone-t.toml"))))
                .isEqualTo("rw-------");
    }

    private static void assertRefused(ErrorKind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CramdiskException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
