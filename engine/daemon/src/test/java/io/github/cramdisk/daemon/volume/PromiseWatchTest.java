// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.DiskUpdate;
import io.github.cramdisk.api.EventKind;
import io.github.cramdisk.api.Warning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromiseWatchTest {
    private static final long GIB = RecordedMachine.GIB;
    private static final MemoryPromises.Sum FITS = new MemoryPromises.Sum(8 * GIB, 8 * GIB, 0);
    private static final MemoryPromises.Sum TOO_MUCH = new MemoryPromises.Sum(8 * GIB + 1, 8 * GIB, 0);

    @TempDir
    private Path directory;

    private final List<String> told = new ArrayList<>();
    private final PromiseWatch watch = new PromiseWatch((kind, severity, subject, arguments) -> {
        assertThat(kind).isEqualTo(EventKind.MEMORY_OVERCOMMITTED);
        told.add(kind.sentence(arguments));
    });

    @Test
    void tellsOnceUntilItFitsAgain() {
        watch.look(FITS);
        assertThat(told).isEmpty();
        watch.look(TOO_MUCH);
        watch.look(TOO_MUCH);
        assertThat(told).hasSize(1);
        watch.look(FITS);
        watch.look(TOO_MUCH);
        assertThat(told).hasSize(2);
    }

    private static DiskInfo limited(long bytes) {
        DiskSpec spec =
                DiskSpec.of("d", ByteSize.ofGibi(9)).with(new DiskUpdate(null, new ByteSize(bytes), false, null));
        return DiskInfo.ofServing(spec, "nbd+unix:///d?socket=/r", 0, 0, 0, 0);
    }

    @Test
    void theSumIsOfAllVolumesAgainstMemoryAndSwapOnDisk() throws IOException {
        RecordedMachine machine = new RecordedMachine(directory)
                .zram(0, 7 * GIB, "0 0 0 7516192768 0 0 0 0 0")
                .swap("/dev/nbd0", GIB, 0, -3)
                .swap("/dev/sda2", 2 * GIB, 0, -2);
        VolumeService volumes =
                new VolumeService(machine.house(new RecordingVerbs(machine)), () -> List.of(limited(4 * GIB)));
        assertThat(volumes.promises()).isEqualTo(new MemoryPromises.Sum(11 * GIB, 8 * GIB, 2 * GIB));
        watch.look(volumes.promises());
        assertThat(told.get(0)).contains("11.0 GiB", "8.0 GiB of memory and 2.0 GiB of swap");
        assertThat(volumes.list(false).warnings()).extracting(Warning::sentence).containsAll(told);
    }
}
