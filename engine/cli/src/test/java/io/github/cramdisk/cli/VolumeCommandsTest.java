// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.Warning;
import io.github.cramdisk.api.WarningKind;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.FileMode;
import io.github.cramdisk.api.volume.FilesystemType;
import io.github.cramdisk.api.volume.Finding;
import io.github.cramdisk.api.volume.HugePages;
import io.github.cramdisk.api.volume.InodeWidth;
import io.github.cramdisk.api.volume.MemoryPolicy;
import io.github.cramdisk.api.volume.MountFlags;
import io.github.cramdisk.api.volume.MountFlagsChange;
import io.github.cramdisk.api.volume.RamfsSpec;
import io.github.cramdisk.api.volume.SizeLimit;
import io.github.cramdisk.api.volume.TmpfsChange;
import io.github.cramdisk.api.volume.TmpfsQuota;
import io.github.cramdisk.api.volume.TmpfsSpec;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.api.volume.ZramAlgorithm;
import io.github.cramdisk.api.volume.ZramChange;
import io.github.cramdisk.api.volume.ZramPages;
import io.github.cramdisk.api.volume.ZramSchedule;
import io.github.cramdisk.api.volume.ZramSpec;
import io.github.cramdisk.api.volume.ZramUpkeep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeCommandsTest {
    private final FakeEngine engine = new FakeEngine();
    private final FakeVolumes volumes = engine.volumes;

    private CommandLineRun run(String... arguments) {
        return CommandLineRun.with(engine).run(arguments);
    }

    private CommandLineRun line(String text) {
        return run(text.split(" "));
    }

    private Object asked(String text) {
        CommandLineRun run = line(text);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        return volumes.asked.get(volumes.asked.size() - 1);
    }

    @Test
    void mountsATmpfsWithDefaults() {
        assertThat(asked("tmpfs mount /nonexistent/t --size 2G"))
                .isEqualTo(TmpfsSpec.of("/nonexistent/t", SizeLimit.of(ByteSize.ofGibi(2))));
        assertThat(line("tmpfs mount /nonexistent/t --size 2G").out())
                .isEqualTo("Mounted a tmpfs at /nonexistent/t, 2.0 GiB.\n");
        volumes.warnings.add(new Warning("Too much.", WarningKind.OTHER, List.of()));
        assertThat(line("tmpfs mount /nonexistent/t --size 300%").err()).isEqualTo("Warning: Too much.\n");
        JsonNode json = line("tmpfs mount /nonexistent/t --size 50% --json").json();
        assertThat(json.get("kind").textValue()).isEqualTo("tmpfs");
        assertThat(json.get("target").textValue()).isEqualTo("/nonexistent/t");
        assertThat(json.get("sizeBytes").longValue()).isEqualTo(4L << 30);
    }

    @Test
    void mountsATmpfsWithEveryOption() {
        assertThat(asked("tmpfs mount /nonexistent/t --size 1.5G --inodes unlimited --mode 1777 --uid root --gid 1001"
                        + " --huge within_size --mpol bind=static:0-3,5 --noswap --inode64 --quota"
                        + " --usrquota-block-hardlimit 1M --grpquota-inode-hardlimit 6 --casefold=utf8-12.1.0"
                        + " --strict-encoding --mkdir --temporary -o ro,suid,noexec,noatime,lazytime"))
                .isEqualTo(new TmpfsSpec(
                        "/nonexistent/t",
                        true,
                        SizeLimit.of(ByteSize.ofMebi(1536)),
                        0L,
                        FileMode.parse("1777"),
                        0L,
                        1001L,
                        HugePages.WITHIN_SIZE,
                        MemoryPolicy.parse("bind=static:0-3,5"),
                        true,
                        InodeWidth.INODE64,
                        new TmpfsQuota(true, true, ByteSize.ofMebi(1), null, null, 6L),
                        "utf8-12.1.0",
                        true,
                        MountFlags.parse("ro,suid,noexec,noatime,lazytime"),
                        true));
        assertThat(((TmpfsSpec) asked("tmpfs mount /nonexistent/t --blocks 256")).size())
                .isEqualTo(SizeLimit.of(new ByteSize(256 * PageSize.bytes())));
        assertThat(((TmpfsSpec) asked("tmpfs mount /nonexistent/t --size 1/4")).size())
                .hasToString("1/4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tmpfs mount",
                "tmpfs mount / --size 1G",
                "tmpfs mount /nonexistent/t --size 1.3",
                "tmpfs mount /nonexistent/t --size 1G,suid",
                "tmpfs mount /nonexistent/t --size 1G --blocks 5",
                "tmpfs mount /nonexistent/t --mode 9",
                "tmpfs mount /nonexistent/t --huge force",
                "tmpfs mount /nonexistent/t --mpol bind",
                "tmpfs mount /nonexistent/t --inode32 --inode64",
                "tmpfs mount /nonexistent/t --strict-encoding",
                "tmpfs mount /nonexistent/t -o size=1G",
                "tmpfs mount /nonexistent/t --uid no-such-user-here",
                "tmpfs remount /nonexistent/t --inodes -4",
                "ramfs mount /nonexistent/t --size 1G",
                "ramfs mount /nonexistent/t --noswap",
                "zram create",
                "zram create --size 5",
                "zram create --size 1G --swap --mount /nonexistent/t",
                "zram create --size 1G --fs ext4",
                "zram create --size 1G --mount /nonexistent/t --priority 5",
                "zram create --size 1G --label x",
                "zram create --size 1G --mount /nonexistent/t --fs ntfs",
                "zram create --size 1G --mount /nonexistent/t -o errors=panic",
                "zram create --size 1G --swap --priority 40000",
                "zram create --size 1G --algorithm zstd:8",
                "zram set 0",
                "zram set 0 --size 2G",
                "zram show /dev/sda",
                "zram remove ../../sda"
            })
    void refusesBeforeTheEngineIsStarted(String text) {
        CommandLineRun run = line(text);
        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.USAGE);
        assertThat(run.started()).isFalse();
        assertThat(run.err()).isNotBlank();
        assertThat(line(text + " --json").jsonError().get("error").textValue()).startsWith("INVALID_");
    }

    @Test
    void remountsWhatIsGivenAndNothingElse() {
        assertThat(asked("tmpfs remount /nonexistent/t --size unlimited --mode 700 -o ro"))
                .isEqualTo(new TmpfsChange(
                        "/nonexistent/t",
                        SizeLimit.unlimited(),
                        null,
                        FileMode.parse("700"),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        MountFlagsChange.parse("ro")));
        assertThat(((TmpfsChange) asked("tmpfs remount /nonexistent/t --noswap")).noswap())
                .isTrue();
        assertThat(((TmpfsChange) asked("tmpfs remount /nonexistent/t --no-noswap")).noswap())
                .isFalse();
    }

    @Test
    void aLinkOrARelativePathMeansWhereItLeads(@TempDir Path directory) throws IOException {
        Path real = Files.createDirectory(directory.resolve("real"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), real);
        String truth = real.toRealPath().toString();
        assertThat(((TmpfsSpec) asked("tmpfs mount " + link)).target()).isEqualTo(truth);
        assertThat(((TmpfsSpec) asked("tmpfs mount " + link + "/./x/../new --mkdir")).target())
                .isEqualTo(truth + "/new");
        Path here = Path.of("").toAbsolutePath();
        assertThat(((TmpfsSpec) asked("tmpfs mount " + here.relativize(real.toRealPath()))).target())
                .isEqualTo(truth);
    }

    @Test
    void warnsOfARamfs() {
        CommandLineRun run = line("ramfs mount /nonexistent/r --mode 711");
        assertThat(volumes.asked)
                .containsExactly(
                        new RamfsSpec("/nonexistent/r", false, FileMode.parse("711"), MountFlags.DEFAULT, false));
        assertThat(run.err()).contains("no limit");
        assertThat(line("ramfs mount /nonexistent/r --size 1G").err()).contains("ignores them");
    }

    @Test
    void asksAtATerminalBeforeDataAreLost() {
        volumes.volumes.add(FakeVolumes.volume(VolumeKind.TMPFS, "/nonexistent/t", null, 5 << 20));
        CommandLineRun no = CommandLineRun.with(engine).atTerminal("n\n").run("tmpfs", "unmount", "/nonexistent/t");
        assertThat(no.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(no.err()).contains("holds 5.0 MiB of data");
        assertThat(volumes.asked).isEmpty();
        CommandLineRun.with(engine).atTerminal("y\n").run("tmpfs", "unmount", "/nonexistent/t", "--lazy");
        line("ramfs unmount /nonexistent/r");
        assertThat(volumes.asked).containsExactly("tmpfs /nonexistent/t lazily", "ramfs /nonexistent/r");
    }

    @Test
    void createsZramDevices() {
        assertThat(asked("zram create --size 1G --swap --priority 100 --discard --label l"))
                .isEqualTo(ZramSpec.of(ByteSize.ofGibi(1), new DeviceSwap(100, DeviceSwap.Discard.BOTH, "l", null)));
        assertThat(asked("zram create --size 1G")).isEqualTo(ZramSpec.of(ByteSize.ofGibi(1), null));
        String id = "7b6bc6a4-8f0c-4a0f-9a0c-7d8e3f1a2b3c";
        assertThat(asked("zram create --size 1G --algorithm zstd:level=8 --recompress deflate --mem-limit 512M --mount"
                        + " /nonexistent/z --fs btrfs --label l --uuid " + id
                        + " --owner root --group 5 --mode 750 -o noatime,compress=zstd,nodiscard --mkdir --temporary"))
                .isEqualTo(new ZramSpec(
                        ByteSize.ofGibi(1),
                        ZramAlgorithm.parse("zstd:level=8"),
                        List.of(ZramAlgorithm.of("deflate")),
                        ByteSize.ofMebi(512),
                        new DeviceFilesystem(
                                FilesystemType.BTRFS,
                                "/nonexistent/z",
                                true,
                                "l",
                                UUID.fromString(id),
                                0L,
                                5L,
                                FileMode.parse("750"),
                                MountFlags.parse("noatime"),
                                List.of("compress=zstd"),
                                true),
                        true));
        CommandLineRun run = line("zram create --size 1G --mem-limit 512M --mount /nonexistent/z");
        assertThat(run.out()).contains("/dev/zram0", "ext4 at /mnt/z");
        assertThat(run.err()).contains("dangerous");
        assertThat(line("zram create --size 1G --swap --json")
                        .json()
                        .get("device")
                        .textValue())
                .isEqualTo("/dev/zram0");
    }

    @Test
    void showsChangesAndRemovesZramDevices() {
        volumes.zrams.add(FakeVolumes.zram(0, "filesystem", 8 << 20));
        volumes.zrams.add(FakeVolumes.zram(1, "swap", 8 << 20));
        assertThat(line("zram list").out()).contains("ext4 at /mnt/z", "swap, priority 100", "2.00");
        assertThat(line("zram show 0").out()).contains("lz4 (of lzo, lz4)", "nobody");
        assertThat(line("zram stats zram1 --json").json().get("originalBytes").longValue())
                .isEqualTo(8 << 20);
        assertThat(line("zram stats /dev/zram1").out()).contains("Failed writes");
        assertThat(asked("zram set 0 --mem-limit 1G")).isEqualTo(new ZramChange(ByteSize.ofGibi(1), false, false));
        assertThat(asked("zram upkeep 0")).isEqualTo(ZramChange.of(ZramUpkeep.of(true, false)));
        assertThat(asked("zram upkeep 0 --recompress huge_idle --write-back idle,huge --write-back-at-most 1M"))
                .isEqualTo(ZramChange.of(new ZramUpkeep(
                        List.of(ZramPages.HUGE_IDLE),
                        List.of(ZramPages.IDLE, ZramPages.HUGE),
                        ByteSize.ofMebi(1),
                        false)));
        assertThat(asked("zram upkeep 0 --every 6h --on-battery"))
                .isEqualTo(new ZramChange(
                        null, false, false, null, new ZramSchedule(360, ZramUpkeep.of(true, false), true), false));
        assertThat(asked("zram upkeep 0 --never")).isEqualTo(new ZramChange(null, false, false, null, null, true));
        assertThat(asked("zram set 0 --mem-limit none --compact")).isEqualTo(new ZramChange(null, true, true));
        CommandLineRun no = CommandLineRun.with(engine).atTerminal("\n").run("zram", "reset", "0");
        assertThat(no.err()).contains("holds 8.0 MiB", "Make it empty?");
        // What lies in swap is not lost.
        CommandLineRun.with(engine).atTerminal("").run("zram", "remove", "1");
        assertThat(asked("zram reset 0")).isEqualTo("reset /dev/zram0");
        assertThat(volumes.asked).contains("remove /dev/zram1");
        assertThat(line("zram show 9").exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void listsVolumesWithWarnings() {
        volumes.volumes.add(FakeVolumes.volume(VolumeKind.TMPFS, "/mnt/a b", 1L << 30, 4096));
        volumes.volumes.add(FakeVolumes.volume(VolumeKind.RAMFS, "/mnt/\033[31mred", null, 0));
        volumes.warnings.add(new Warning("Too much.", WarningKind.OTHER, List.of()));
        CommandLineRun run = line("list --users");
        assertThat(run.out()).contains("/mnt/a b", "1.0 GiB", "cat (7)", "unlimited", "\\033[31mred");
        assertThat(run.out()).doesNotContain("\033");
        assertThat(run.err()).isEqualTo("Warning: Too much.\n");
        JsonNode json = line("list --json").json();
        assertThat(json.isArray()).isTrue();
        assertThat(json.get(0).get("target").textValue()).isEqualTo("/mnt/a b");
        assertThat(line("list --json").err()).isEmpty();
    }

    @Test
    void theDoctorFailsOnProblemsOnly() {
        assertThat(line("doctor").out()).isEqualTo("Nothing is wrong here.\n");
        volumes.findings.add(
                new Finding("a", Finding.Severity.WARNING, "What.", "Why.", "Remedy.", "command x", List.of()));
        CommandLineRun warned = line("doctor");
        assertThat(warned.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(warned.out()).contains("warning: What.", "Why.", "Remedy.", "command x");
        volumes.findings.add(new Finding("b", Finding.Severity.PROBLEM, "W.", "Y.", "R.", null, List.of()));
        assertThat(line("doctor").exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(line("doctor --json").json().get(1).get("severity").textValue())
                .isEqualTo("PROBLEM");
    }

    @Test
    void adoptsWhatIsThere() {
        assertThat(asked("adopt /dev/zram0")).isEqualTo("adopt /dev/zram0");
        assertThat(asked("adopt /nonexistent/t")).isEqualTo("adopt /nonexistent/t");
    }

    @Test
    void scriptsSeeWhetherTheyMayNotOrCannot() {
        volumes.refusal = new CramdiskException(ErrorKind.AUTHORISATION_DISMISSED, "mount a tmpfs");
        CommandLineRun dismissed = line("tmpfs mount /nonexistent/t --size 1G");
        assertThat(dismissed.exitCode()).isEqualTo(ExitCode.NOT_AUTHORISED);
        assertThat(dismissed.err()).contains("You closed the password prompt");
        volumes.refusal = new CramdiskException(ErrorKind.HELPER_MISSING, "installer/install-helper");
        CommandLineRun missing = line("zram create --size 1G --swap --json");
        assertThat(missing.exitCode()).isEqualTo(ExitCode.NOT_SUPPORTED);
        assertThat(missing.jsonError().get("error").textValue()).isEqualTo("HELPER_MISSING");
    }
}
