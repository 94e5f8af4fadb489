// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.zram;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.host.RecordedMachine;
import io.github.cramdisk.host.syscall.DeviceNumber;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZramDevicesTest {
    private final ZramDevices devices = new ZramDevices(RecordedMachine.ROOT);

    @Test
    void listsDevicesByNumberAndNothingElse() throws IOException {
        assertThat(devices.all()).extracting(ZramState::name).containsExactly("zram0", "zram1", "zram10");
        assertThat(devices.present()).isTrue();
    }

    @Test
    void readsADeviceWithEverything() throws IOException {
        ZramState device = devices.read(1).orElseThrow();

        assertThat(device.path()).isEqualTo("/dev/zram1");
        assertThat(device.device()).isEqualTo(new DeviceNumber(253, 1));
        assertThat(device.initialised()).isTrue();
        assertThat(device.sizeBytes()).isEqualTo(1L << 30);
        assertThat(device.algorithm()).isEqualTo("lz4");
        assertThat(device.algorithms()).containsExactly("lzo-rle", "lzo", "lz4", "zstd");
        assertThat(device.recompression()).containsExactly("zstd");
        assertThat(device.canRecompress()).isTrue();
        assertThat(device.canWriteBack()).isTrue();
        assertThat(device.hasParameters()).isTrue();
        assertThat(device.memory())
                .isEqualTo(new ZramMemory(104857600, 52428800, 54525952, 268435456, 60000000, 25, 7, 3, 4));
        assertThat(device.io()).isEqualTo(new ZramIo(2048 * 512, 4096 * 512, 8192 * 512, 1, 2, 3, 400));
        assertThat(device.backing()).contains(new ZramBacking("/dev/vdb", 40960, 81920, 122880));
    }

    @Test
    void readsADeviceOfAnOldKernel() throws IOException {
        ZramState device = devices.read(10).orElseThrow();

        assertThat(device.memory().usedBytes()).isEqualTo(4096);
        assertThat(device.memory().hugePages()).isZero();
        assertThat(device.canRecompress()).isFalse();
        assertThat(device.canWriteBack()).isFalse();
        assertThat(device.backing()).isEmpty();
    }

    @Test
    void findsNothingWhereThereIsNoZram(@TempDir Path root) throws IOException {
        ZramDevices none = new ZramDevices(root);

        assertThat(none.present()).isFalse();
        assertThat(none.all()).isEmpty();
        assertThat(none.read(0)).isEmpty();
    }

    @Test
    void knowsNamesOfDevices() {
        assertThat(ZramDevices.indexOf("/dev/zram12")).contains(12);
        assertThat(ZramDevices.indexOf("zram0")).contains(0);
        assertThat(ZramDevices.indexOf("/dev/zram0/../sda")).isEmpty();
        assertThat(ZramDevices.indexOf("sda")).isEmpty();
    }
}
