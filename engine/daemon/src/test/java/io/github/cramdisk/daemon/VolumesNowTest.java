// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeKind;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How often the volumes are read for snapshots, and what is told while they cannot be. */
final class VolumesNowTest {
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final AtomicInteger reads = new AtomicInteger();
    private volatile boolean broken;

    private final VolumesNow volumes = new VolumesNow(
            () -> {
                reads.incrementAndGet();
                if (broken) {
                    throw new CramdiskException(ErrorKind.INTERNAL, "no /proc");
                }
                return List.of(volume(VolumeKind.DISK, "d"), volume(VolumeKind.TMPFS, "/mnt/" + reads.get()));
            },
            clock::get);

    private static VolumeInfo volume(VolumeKind kind, String target) {
        return new VolumeInfo(kind, null, target, null, 4096L, 0, false, 0, null, true, null, List.of(), List.of());
    }

    private List<String> titles() {
        return volumes.get().stream().map(VolumeInfo::title).toList();
    }

    @Test
    void leavesTheDisksOutAndReadsAtMostOnceInAPeriod() {
        assertThat(titles()).containsExactly("/mnt/1");
        clock.addAndGet(VolumesNow.PERIOD_NANOS - 1);
        assertThat(titles()).containsExactly("/mnt/1");
        clock.addAndGet(1);
        assertThat(titles()).containsExactly("/mnt/2");
        assertThat(reads).hasValue(2);
    }

    @Test
    void keepsTheLastListWhileTheMachineCannotBeRead() {
        assertThat(titles()).containsExactly("/mnt/1");
        broken = true;
        clock.addAndGet(VolumesNow.PERIOD_NANOS);
        assertThat(titles()).containsExactly("/mnt/1");
        broken = false;
        clock.addAndGet(VolumesNow.PERIOD_NANOS);
        assertThat(titles()).containsExactly("/mnt/3");
    }
}
