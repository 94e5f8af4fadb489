// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.RamfsSpec;
import io.github.cramdisk.api.volume.ZramAlgorithm;
import io.github.cramdisk.api.volume.ZramSpec;
import io.github.cramdisk.host.mount.TreeUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Adds up what really is mounted; beside the verbs because it needs them. */
class TreeUseTest {
    private static final int MEBI = 1 << 20;

    @RegisterExtension
    final RootMachine machine = new RootMachine();

    @Test
    void addsUpARamfsOnceForEachFileAndWithoutWhatIsMountedBelow() throws IOException {
        Path ramfs = Path.of(machine.target("ramfs"));
        machine.verbs().mountRamfs(Caller.ROOT, RamfsSpec.of(ramfs.toString()));
        Files.createDirectory(ramfs.resolve("deep"));
        Path file = Files.write(ramfs.resolve("deep/file"), new byte[3 * MEBI]);
        Files.createLink(ramfs.resolve("again"), file);
        String below = ramfs + "/below";
        machine.verbs().mountTmpfs(Caller.ROOT, new SpecBuilder(below).create().build());
        Files.write(Path.of(below, "other"), new byte[5 * MEBI]);

        TreeUse use = TreeUse.of(ramfs, 1000, 0);

        assertThat(use.bytes()).isEqualTo(3L * MEBI);
        assertThat(use.files()).isEqualTo(3);
        assertThat(use.complete()).isTrue();
        assertThat(use.swappedBytes()).isNull();
        assertThat(TreeUse.of(ramfs, 2, 0).complete()).isFalse();
    }

    @Test
    void tellsThePartThatLiesInSwap() throws IOException {
        RootMachine.needZram("lz4");
        machine.zram(
                Caller.ROOT,
                new ZramSpec(ByteSize.ofMebi(64), ZramAlgorithm.of("lz4"), List.of(), null, DeviceSwap.of(1), false));
        Path tmpfs = Path.of(machine.target("tmpfs"));
        machine.verbs().mountTmpfs(Caller.ROOT, new SpecBuilder(tmpfs.toString()).build());
        Files.write(tmpfs.resolve("stays"), new byte[5 * MEBI]);
        Path file = Files.write(tmpfs.resolve("goes"), new byte[8 * MEBI]);
        Files.createLink(tmpfs.resolve("goes again"), file);

        // The last quarter stays in memory.
        PageOut.of(file, 6 * MEBI);

        TreeUse use = TreeUse.of(tmpfs, 1000, 4096);
        assertThat(use.swappedBytes()).isEqualTo(6L * MEBI);
        assertThat(use.bytes()).isEqualTo(13L * MEBI);
        assertThat(TreeUse.of(tmpfs, 2, 4096).swappedBytes()).isNull();
    }
}
