// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.ZramAlgorithm;
import io.github.cramdisk.api.volume.ZramChange;
import io.github.cramdisk.api.volume.ZramDevice;
import io.github.cramdisk.api.volume.ZramSchedule;
import io.github.cramdisk.api.volume.ZramSpec;
import io.github.cramdisk.api.volume.ZramUpkeep;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZramUpkeeperTest {
    private static final ZramDevice DEVICE = new ZramDevice(5);
    private static final String PASS = "maintain /dev/zram5 [IDLE, HUGE] []";

    @TempDir
    private Path directory;

    private RecordedMachine machine;
    private RecordingVerbs verbs;
    private VolumeService volumes;
    private long now;

    @BeforeEach
    void record() throws IOException {
        machine = new RecordedMachine(directory);
        verbs = new RecordingVerbs(machine);
        volumes = new VolumeService(machine.house(verbs), List::of);
        volumes.createZram(new ZramSpec(
                ByteSize.ofMebi(64), null, List.of(ZramAlgorithm.of("zstd")), null, null, null, schedule(30), false));
        verbs.asked.clear();
    }

    private static ZramSchedule schedule(int minutes) {
        return new ZramSchedule(minutes, ZramUpkeep.of(true, false), false);
    }

    private ZramUpkeeper upkeeper() throws IOException {
        VolumeHouse house = machine.house(verbs);
        return new ZramUpkeeper(house, new Ownership(house));
    }

    private void pass(ZramUpkeeper upkeeper, int minutes) {
        now += Duration.ofMinutes(minutes).toNanos();
        upkeeper.look(now);
    }

    @Test
    void doesAPassOnceForEachIntervalAndTheFirstNotAtOnce() throws IOException {
        ZramUpkeeper upkeeper = upkeeper();
        pass(upkeeper, 0);
        pass(upkeeper, 29);
        assertThat(verbs.asked).isEmpty();
        pass(upkeeper, 1);
        pass(upkeeper, 1);
        assertThat(verbs.asked).containsExactly(PASS);
        pass(upkeeper, 29);
        assertThat(verbs.asked).containsExactly(PASS, PASS);
    }

    @Test
    void waitsOnBatteryUnlessItIsToldNotTo() throws IOException {
        ZramUpkeeper upkeeper = upkeeper();
        pass(upkeeper, 0);
        machine.file("sys/class/power_supply/BAT0/type", "Battery")
                .file("sys/class/power_supply/BAT0/status", "Discharging");
        pass(upkeeper, 60);
        assertThat(verbs.asked).isEmpty();
        machine.file("sys/class/power_supply/BAT0/status", "Charging");
        pass(upkeeper, 0);
        assertThat(verbs.asked).containsExactly(PASS);
    }

    @Test
    void doesNothingToADeviceThatIsAnotherNow() throws IOException {
        ZramUpkeeper upkeeper = upkeeper();
        pass(upkeeper, 0);
        machine.file("sys/block/zram5/diskseq", "999");
        pass(upkeeper, 60);
        assertThat(verbs.asked).isEmpty();
    }

    @Test
    void goesOnAfterARefusal() throws IOException {
        ZramUpkeeper upkeeper = upkeeper();
        pass(upkeeper, 0);
        verbs.refuses = true;
        pass(upkeeper, 30);
        verbs.refuses = false;
        pass(upkeeper, 1);
        assertThat(verbs.asked).isEmpty();
        pass(upkeeper, 29);
        assertThat(verbs.asked).containsExactly(PASS);
    }

    @Test
    void theScheduleIsKeptAndChangedWithoutTouchingTheDevice() throws IOException {
        assertThat(volumes.showZram(DEVICE).schedule()).isEqualTo(schedule(30));
        volumes.updateZram(DEVICE, new ZramChange(null, false, false, null, schedule(60), false));
        assertThat(new VolumeService(machine.house(verbs), List::of)
                        .showZram(DEVICE)
                        .schedule())
                .isEqualTo(schedule(60));
        volumes.updateZram(DEVICE, new ZramChange(null, false, false, null, null, true));
        assertThat(volumes.showZram(DEVICE).schedule()).isNull();
        assertThat(verbs.asked).isEmpty();

        volumes.updateZram(DEVICE, ZramChange.of(ZramUpkeep.of(true, false)));
        assertThat(verbs.asked).containsExactly("change /dev/zram5");
    }

    @Test
    void aScheduleNeedsADeviceThatIsKeptAndHasTheMeans() throws IOException {
        ZramSchedule writesBack = new ZramSchedule(30, ZramUpkeep.of(false, true), false);
        refused(ErrorKind.INVALID_ZRAM_OPTION, DEVICE, writesBack);
        machine.zram(6, 1 << 20, "0 0 0 0 0 0 0 0 0");
        refused(ErrorKind.INVALID_ARGUMENT, new ZramDevice(6), schedule(30));
        assertThat(verbs.asked).isEmpty();
    }

    private void refused(ErrorKind kind, ZramDevice device, ZramSchedule schedule) {
        assertThatExceptionOfType(CramdiskException.class)
                .isThrownBy(() -> volumes.updateZram(device, new ZramChange(null, false, false, null, schedule, false)))
                .matches(e -> e.kind() == kind);
    }
}
