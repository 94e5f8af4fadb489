// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.volume.RamfsSpec;
import io.github.cramdisk.host.mount.TreeUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

        TreeUse use = TreeUse.of(ramfs, 1000);

        assertThat(use.bytes()).isEqualTo(3L * MEBI);
        assertThat(use.files()).isEqualTo(3);
        assertThat(use.complete()).isTrue();
        assertThat(TreeUse.of(ramfs, 2).complete()).isFalse();
    }
}
