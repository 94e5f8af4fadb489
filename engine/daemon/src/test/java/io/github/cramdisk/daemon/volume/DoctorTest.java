// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.volume.Finding;
import io.github.cramdisk.api.volume.Finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    private static final long GIB = RecordedMachine.GIB;

    @TempDir
    private Path directory;

    private RecordedMachine machine;

    @BeforeEach
    void record() throws IOException {
        machine = new RecordedMachine(directory);
    }

    private List<Finding> findings() throws IOException {
        return new VolumeService(machine.house(new RecordingVerbs(machine)), List::of).doctor();
    }

    private List<String> ids() throws IOException {
        return findings().stream().map(Finding::id).toList();
    }

    @Test
    void aPlainMachineIsWell() throws IOException {
        assertThat(findings()).isEmpty();
    }

    @Test
    void everyFindingSaysWhatWhyAndWhatToDo() throws IOException {
        badSwap();
        assertThat(findings()).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.what()).endsWith(".");
            assertThat(finding.why()).endsWith(".");
            assertThat(finding.remedy()).endsWith(".");
        });
    }

    private void badSwap() throws IOException {
        machine.zram(0, GIB, "0 0 0 0 0 0 0 0 0")
                .swap("/dev/zram0", GIB, 0, 5)
                .swap("/dev/vda2", GIB, 0, 10)
                .swap("/dev/nbd0", GIB, 0, -3)
                .file("sys/module/zswap/parameters/enabled", "Y")
                .file("proc/sys/vm/swappiness", "60")
                .file("proc/sys/vm/page-cluster", "3")
                .file("sys/power/state", "freeze mem disk")
                .file("sys/power/disk", "[platform] shutdown");
    }

    @Test
    void swapThatWorksAgainstItself() throws IOException {
        badSwap();
        assertThat(ids())
                .containsExactlyInAnyOrder(
                        "swap-on-nbd",
                        "zswap-beside-zram",
                        "zram-after-disk",
                        "swappiness-low-for-zram",
                        "page-cluster-for-zram");
        assertThat(findings().get(0).severity()).isEqualTo(Severity.PROBLEM);
    }

    @Test
    void swapThatIsSetUpWellIsNoFinding() throws IOException {
        machine.zram(0, GIB, "0 0 0 0 0 0 0 0 0")
                .swap("/dev/zram0", GIB, 0, 100)
                .swap("/dev/vda2", GIB, 0, -2)
                .file("sys/module/zswap/parameters/enabled", "N")
                .file("proc/sys/vm/swappiness", "150")
                .file("proc/sys/vm/page-cluster", "0");
        assertThat(ids()).isEmpty();
    }

    @Test
    void hibernationNeedsSwapOnADisk() throws IOException {
        machine.file("sys/power/state", "mem disk").file("sys/power/disk", "[platform]");
        assertThat(ids()).isEmpty();
        machine.zram(0, GIB, "0 0 0 0 0 0 0 0 0").swap("/dev/zram0", GIB, 0, 100);
        assertThat(ids()).contains("hibernation-without-disk-swap");
        machine.swap("/dev/vda2", GIB, 0, -2);
        assertThat(ids()).contains("hibernation-too-large");
        machine.file("sys/power/disk", "[disabled]");
        assertThat(ids()).isEmpty();
    }

    @Test
    void limitsThatMemoryCannotHonour() throws IOException {
        Path place = Files.createDirectory(directory.resolve("t"));
        machine.mount("ramfs", "x", "0:40", place.toString(), "rw", "rw");
        assertThat(ids()).containsExactly("volumes-unlimited");
        assertThat(findings().get(0).what()).contains("Nothing limits " + place);
        // What the system mounts for itself is no news.
        machine.mount("tmpfs", "x", "0:41", "/run/gone", "rw", "rw");
        assertThat(ids()).hasSize(1);
    }

    @Test
    void aMemoryLimitUnderAFilesystemThatIsNear() throws IOException {
        machine.zram(0, GIB, "0 0 7000 10000 0 0 0 0 0")
                .mount("ext4", "/dev/zram0", "253:0", "/gone/z", "rw", "rw,discard");
        assertThat(ids()).isEmpty();
        machine.zram(0, GIB, "0 0 8100 10000 0 0 0 0 0");
        assertThat(findings()).hasSize(1).first().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("zram-limit-near");
            assertThat(finding.what()).contains("/dev/zram0 at /gone/z");
            assertThat(finding.command()).startsWith("cramdisk zram set /dev/zram0 --mem-limit ");
        });
        machine.file("sys/block/zram0/io_stat", "0 3 0 0");
        assertThat(ids()).contains("zram-writes-failed");
    }

    @Test
    void removeIpcThreatensDisksOfAPerson() throws IOException {
        machine.file("run/systemd/system/x", "");
        RecordingVerbs verbs = new RecordingVerbs(machine);
        VolumeService person =
                new VolumeService(machine.house(verbs, 1000, Path.of("/dev/shm/cramdisk-1000")), List::of);
        assertThat(person.doctor()).extracting(Finding::id).containsExactly("remove-ipc");
        machine.file("etc/systemd/logind.conf", "[Login]\nRemoveIPC=yes\n")
                .file("etc/systemd/logind.conf.d/10-mine.conf", "[Login]\nRemoveIPC = no\n");
        assertThat(person.doctor()).isEmpty();
        assertThat(ids()).isEmpty();
    }

    @Test
    void aSmallMemlockLimit() throws IOException {
        machine.file(
                "proc/self/limits",
                "Limit  Soft Limit  Hard Limit  Units\nMax locked memory         8388608   8388608   bytes\n");
        VolumeService person = new VolumeService(
                machine.house(new RecordingVerbs(machine), 1000, Path.of("/run/cramdisk/arena-1000")), List::of);
        assertThat(person.doctor()).extracting(Finding::id).containsExactly("memlock-limit");
    }

    @Test
    void aModuleThatIsNotLoaded() throws IOException {
        Files.delete(machine.root().resolve("sys/module/nbd"));
        assertThat(findings()).hasSize(1).first().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("module-not-loaded-nbd");
            assertThat(finding.what()).isEqualTo("The kernel module nbd is not loaded.");
            assertThat(finding.command()).isEqualTo("modprobe nbd");
        });
    }

    @Test
    void brokenDefinitions() throws IOException {
        Files.createDirectories(machine.config().resolve("volumes"));
        Files.writeString(machine.config().resolve("volumes/x.toml"), "nonsense");
        assertThat(ids()).containsExactly("definition-broken");
    }
}
