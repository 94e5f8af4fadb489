// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.DeviceUse;
import io.github.cramdisk.api.volume.FilesystemType;
import io.github.cramdisk.api.volume.SizeLimit;
import io.github.cramdisk.api.volume.TmpfsSpec;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.ZramSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a start of the machine: its boot id is another one, and what was mounted and set up is gone. */
class RecreationTest {
    private static final String IDLE = "4096000 1024000 1228800 0 1228800 10 0 0 0";

    @TempDir
    private Path directory;

    private RecordedMachine machine;
    private VolumeService volumes;

    @BeforeEach
    void record() throws IOException {
        machine = new RecordedMachine(directory);
        volumes = new VolumeService(machine.house(new RecordingVerbs(machine)), List::of);
    }

    private RecordedMachine startAgain() throws IOException {
        return new RecordedMachine(directory).file("proc/sys/kernel/random/boot_id", "another");
    }

    private static void recreate(RecordedMachine machine, RecordingVerbs verbs) throws IOException {
        VolumeHouse house = machine.house(verbs);
        new Recreation(house, new Ownership(house)).run();
    }

    @Test
    void afterTheNextStartOfTheMachineEverythingIsMadeAgainOnce() throws IOException {
        volumes.mountTmpfs(TmpfsSpec.of("/gone/t", SizeLimit.parse("1G")));
        volumes.createZram(ZramSpec.of(ByteSize.ofMebi(1), null));
        TmpfsSpec brief = TmpfsSpec.of("/gone/brief", SizeLimit.parse("1G"));
        volumes.mountTmpfs(new TmpfsSpec(
                brief.target(),
                false,
                brief.size(),
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                null,
                null,
                null,
                false,
                brief.flags(),
                true));

        RecordedMachine started = new RecordedMachine(directory).file("proc/sys/kernel/random/boot_id", "another");
        deleteZram();
        RecordingVerbs again = new RecordingVerbs(started);
        recreate(started, again);
        assertThat(again.asked).containsExactlyInAnyOrder("tmpfs /gone/t", "create zram");

        VolumeService next = new VolumeService(started.house(again), List::of);
        recreate(started, again);
        assertThat(again.asked).hasSize(2);
        assertThat(next.list(false).volumes()).hasSize(2).allMatch(VolumeInfo::managed);
    }

    private void deleteZram() throws IOException {
        try (var files = Files.walk(machine.root().resolve("sys/block/zram5"))) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** The zram device of a definition, that the configuration of the machine has made already under another number. */
    private List<String> askedWith(@Nullable DeviceUse use, String mountedAt, boolean swapped) throws IOException {
        volumes.createZram(ZramSpec.of(ByteSize.ofMebi(1), use));
        RecordedMachine started = startAgain();
        deleteZram();
        started.zram(1, 1 << 20, IDLE);
        if (!mountedAt.isEmpty()) {
            started.mount("ext4", "/dev/zram1", "253:1", mountedAt, "rw", "rw");
        }
        if (swapped) {
            started.swap("/dev/zram1", 1 << 20, 0, 100);
        }
        RecordingVerbs again = new RecordingVerbs(started);
        recreate(started, again);
        return again.asked;
    }

    @Test
    void aFilesystemThatIsMountedThereAlreadyIsTakenAsItIs() throws IOException {
        assertThat(askedWith(DeviceFilesystem.of(FilesystemType.EXT4, "/gone/z"), "/gone/z", false))
                .isEmpty();
    }

    @Test
    void aFilesystemElsewhereIsAnother() throws IOException {
        assertThat(askedWith(DeviceFilesystem.of(FilesystemType.EXT4, "/gone/z"), "/gone/other", false))
                .containsExactly("create zram");
    }

    @Test
    void swapOfTheSameSizeIsTakenAsItIs() throws IOException {
        assertThat(askedWith(DeviceSwap.of(100), "", true)).isEmpty();
    }

    @Test
    void aBareDeviceIsMadeWhateverElseThereIs() throws IOException {
        assertThat(askedWith(null, "", false)).containsExactly("create zram");
    }
}
