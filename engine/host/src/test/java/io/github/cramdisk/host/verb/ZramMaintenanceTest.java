// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.ZramDevice;
import io.github.cramdisk.api.volume.ZramPages;
import io.github.cramdisk.api.volume.ZramUpkeep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a recorded device of a kernel with CONFIG_ZRAM_MULTI_COMP and CONFIG_ZRAM_WRITEBACK, which many kernels lack. */
class ZramMaintenanceTest {
    private static final ZramDevice DEVICE = new ZramDevice(3);

    @TempDir
    Path root = Path.of("");

    private Path directory = Path.of("");
    private ZramMaintenance maintenance = new ZramMaintenance(root, new Refusals(root));

    @BeforeEach
    void record() throws IOException {
        maintenance = new ZramMaintenance(root, new Refusals(root));
        directory = Files.createDirectories(root.resolve("sys/block/zram3"));
        file("dev", "253:3");
        file("disksize", "1073741824");
        file("initstate", "1");
        file("comp_algorithm", "lzo [lz4] zstd");
        file("recomp_algorithm", "#1: lzo lz4 [zstd]");
        file("backing_dev", "/dev/sdb2");
        for (String trigger : List.of("recompress", "idle", "writeback", "writeback_limit", "writeback_limit_enable")) {
            file(trigger, "");
        }
    }

    private static void stillSame() {
        // It is.
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private String written(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }

    @Test
    void recompressesWritesBackAndMarksWhatIsLeft() throws IOException {
        maintenance.run(DEVICE, ZramUpkeep.of(true, true), ZramMaintenanceTest::stillSame);

        assertThat(written("recompress")).contains("type=huge");
        assertThat(written("writeback_limit_enable")).isEqualTo("0");
        assertThat(written("writeback")).isEqualTo("idle");
        assertThat(written("idle")).isEqualTo("all");
    }

    @Test
    void doesOnlyWhatIsAskedForAndLimitsWhatItWrites() throws IOException {
        ZramUpkeep upkeep = new ZramUpkeep(List.of(), List.of(ZramPages.HUGE_IDLE), ByteSize.ofMebi(1), true);
        maintenance.run(DEVICE, upkeep, ZramMaintenanceTest::stillSame);

        assertThat(written("recompress")).isEmpty();
        assertThat(written("writeback_limit")).isEqualTo("256");
        assertThat(written("writeback_limit_enable")).isEqualTo("1");
        assertThat(written("writeback")).isEqualTo("huge_idle");
        assertThat(written("idle")).isEmpty();
    }

    @Test
    void saysWhatTheKernelLacksBeforeAnythingIsDone() throws IOException {
        Files.delete(directory.resolve("backing_dev"));
        refused(ErrorKind.NOT_SUPPORTED_BY_KERNEL, ZramUpkeep.of(true, true), "CONFIG_ZRAM_WRITEBACK");
        assertThat(written("recompress")).isEmpty();

        Files.delete(directory.resolve("recomp_algorithm"));
        refused(ErrorKind.NOT_SUPPORTED_BY_KERNEL, ZramUpkeep.of(true, false), "CONFIG_ZRAM_MULTI_COMP");
        assertThat(written("idle")).isEmpty();
    }

    @Test
    void saysWhatTheDeviceWasMadeWithout() throws IOException {
        file("backing_dev", "none");
        refused(ErrorKind.INVALID_ZRAM_OPTION, ZramUpkeep.of(false, true), "--backing-device");
        file("recomp_algorithm", "#1: lzo lz4 zstd");
        refused(ErrorKind.INVALID_ZRAM_OPTION, ZramUpkeep.of(true, false), "--recompress-algorithm");
    }

    @Test
    void stopsWhenTheNumberBelongsToAnotherDevice() throws IOException {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> maintenance.run(DEVICE, ZramUpkeep.of(true, true), () -> {
                    throw new IllegalStateException("another");
                }));
        assertThat(written("recompress")).isEmpty();
    }

    private void refused(ErrorKind kind, ZramUpkeep upkeep, String says) {
        assertThatExceptionOfType(CramdiskException.class)
                .isThrownBy(() -> maintenance.run(DEVICE, upkeep, ZramMaintenanceTest::stillSame))
                .matches(e -> e.kind() == kind)
                .withMessageContaining(says);
    }
}
