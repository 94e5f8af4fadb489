// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.ConfigRequest;
import io.github.cramdisk.api.config.ConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandsTest {
    private final FakeEngine engine = new FakeEngine();

    @Test
    void exportPrintsTheTextAloudAndItsNotesAside() {
        CommandLineRun run = CommandLineRun.with(engine).run("config", "export", "/mnt/x", "--format", "fstab");
        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).isEqualTo(FakeConfiguration.LINE);
        assertThat(run.err()).contains("disk a\\012b: left out: It cannot. The format that can: systemd.");
        assertThat(engine.configuration().asked)
                .containsExactly(new ConfigRequest(ConfigFormat.FSTAB, List.of("/mnt/x"), null));
    }

    @Test
    void exportWritesEveryFileBelowTheOutputDirectory(@TempDir Path directory) throws IOException {
        engine.configuration().severalFiles = true;
        CommandLineRun run = CommandLineRun.with(engine)
                .run("config", "export", "--format", "systemd", "--output", directory.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(directory.resolve("etc/fstab"))).isEqualTo(FakeConfiguration.LINE);
        assertThat(directory.resolve("home/.config/systemd/user/a.service")).hasContent("[Unit]");
    }

    @Test
    void exportOfAnImportNamesTheSource() {
        CommandLineRun run =
                CommandLineRun.with(engine).run("config", "export", "--from", "running", "--format", "nixos", "--json");
        assertThat(run.out()).contains("\"format\":\"nixos\"").contains("\"weight\":\"left-out\"");
        assertThat(engine.configuration().asked)
                .containsExactly(new ConfigRequest(ConfigFormat.NIXOS, List.of(), ConfigSource.RUNNING));
    }

    @Test
    void aFormatThatIsNoneIsWrongUsageAndAllAreNamed() {
        CommandLineRun run = CommandLineRun.with(engine).run("config", "export", "--format", "ini");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("zram-generator").contains("kubernetes");
    }

    @Test
    void diffShowsWhatWouldChange() {
        CommandLineRun run = CommandLineRun.with(engine).run("config", "diff", "--format", "fstab");
        assertThat(run.out()).isEqualTo("--- /etc/fstab\n+++ /etc/fstab\n+" + FakeConfiguration.LINE);
    }

    @Test
    void importShowsVolumesAndWhatWasNotUnderstood() {
        CommandLineRun run = CommandLineRun.with(engine).run("config", "import", "--from", "fstab");
        assertThat(run.out())
                .contains("tmpfs /mnt/x")
                .contains("/etc/fstab:3")
                .contains("/etc/fstab:4: mystery (This option is not understood.)");
    }

    @Test
    void importAdoptsWhatIsThereAndSaysWhatIsNot() {
        CommandLineRun run = CommandLineRun.with(engine).run("config", "import", "--from", "fstab", "--adopt");
        assertThat(run.out()).contains("tmpfs /mnt/x: adopted");
        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        engine.volumes.refusal = new CramdiskException(ErrorKind.NO_SUCH_VOLUME, "tmpfs", "/mnt/x");
        run = CommandLineRun.with(engine).run("config", "import", "--from", "fstab", "--adopt");
        assertThat(run.out()).contains("tmpfs /mnt/x: left as it is: ");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void applyAndRevertSayWhichFiles() {
        CommandLineRun applied = CommandLineRun.with(engine).run("config", "apply", "--format", "fstab");
        assertThat(applied.out()).contains("Written: /etc/fstab").contains("mount -a");
        CommandLineRun reverted = CommandLineRun.with(engine).run("config", "revert", "--format", "fstab");
        assertThat(reverted.out()).contains("As it was before: /etc/fstab");
    }
}
