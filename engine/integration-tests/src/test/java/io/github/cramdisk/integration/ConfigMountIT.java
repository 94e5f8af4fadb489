// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.config.ConfigExport;
import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.FileMode;
import io.github.cramdisk.api.volume.FilesystemType;
import io.github.cramdisk.api.volume.MountFlags;
import io.github.cramdisk.api.volume.SizeLimit;
import io.github.cramdisk.api.volume.TmpfsSpec;
import io.github.cramdisk.api.volume.ZramAlgorithm;
import io.github.cramdisk.api.volume.ZramSpec;
import io.github.cramdisk.config.ConfigFormats;
import io.github.cramdisk.config.RenderContext;
import io.github.cramdisk.testmachine.Command;
import io.github.cramdisk.testmachine.Requirements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exported configuration used for real: mounted from fstab, run as a script; in mount namespaces of its own. */
class ConfigMountIT {
    private static final Path PROGRAM = Path.of("../../installer/system/cramdisk-zram");

    @TempDir
    private Path directory;

    @BeforeEach
    void requirements() {
        Requirements.root();
        Requirements.programs("unshare", "mount", "findmnt");
    }

    private ConfigVolume tmpfs(String target) {
        return ConfigVolume.of(new TmpfsSpec(
                directory + target,
                true,
                SizeLimit.parse("1.5M"),
                1000L,
                FileMode.parse("2750"),
                1234L,
                4321L,
                null,
                null,
                false,
                null,
                null,
                null,
                false,
                MountFlags.parse("noexec,noatime"),
                false));
    }

    private ConfigVolume zram(String target) {
        return ConfigVolume.of(new ZramSpec(
                ByteSize.ofMebi(64),
                ZramAlgorithm.of("lz4"),
                List.of(),
                ByteSize.ofMebi(48),
                new DeviceFilesystem(
                        FilesystemType.EXT4,
                        directory + target,
                        true,
                        "my label",
                        null,
                        1234L,
                        4321L,
                        FileMode.parse("1770"),
                        MountFlags.parse("noexec"),
                        List.of(),
                        false),
                false));
    }

    /** Runs in a mount namespace of its own; what is mounted there goes with it. */
    private Command.Result inPrivate(String script) throws IOException {
        Path file = directory.resolve("script.sh");
        Files.writeString(file, "set -eu\nmount --make-rprivate /\n" + script);
        return Command.run("unshare", "--mount", "sh", file.toString());
    }

    @Test
    void mountMountsTheLinesOfATmpfsWithAllTheirOptions() throws IOException {
        String name = "/a b\tc\\d#e%n\"f'${g}\u00fc";
        ConfigExport export = ConfigFormats.render(ConfigFormat.FSTAB, List.of(tmpfs(name)), RenderContext.ANYWHERE);
        Path fstab = directory.resolve("fstab");
        Files.writeString(fstab, export.files().get(0).text());
        Command.Result mounted = inPrivate(
                "mount -a -T '" + fstab + "'\n" + "findmnt -n -t tmpfs -o OPTIONS -J | grep -F nr_inodes=1000\n"
                        + "for d in '" + directory + "'/a*; do stat -c '%a %u %g %n' \"$d\"; done\n");
        assertThat(mounted.succeeded().out())
                .contains("nosuid,nodev,noexec,noatime")
                .contains("size=1536k")
                .contains("mode=2750,uid=1234,gid=4321")
                .contains("2750 1234 4321 " + directory + name + "\n");
    }

    @Test
    void mountMountsAZramFilesystemThatTheProgramOfTheUnitsMade() throws IOException {
        Requirements.zram();
        Requirements.programs("mkfs.ext4");
        String made =
                Files.readString(Path.of("/sys/class/zram-control/hot_add")).strip();
        Files.writeString(Path.of("/sys/class/zram-control/hot_remove"), made);
        int number = Integer.parseInt(made);
        TreeSet<Integer> taken = new TreeSet<>();
        for (int i = 0; i < number; i++) {
            taken.add(i);
        }
        RenderContext context = new RenderContext(
                taken,
                0,
                "/usr/bin",
                Objects.requireNonNull(PROGRAM.toAbsolutePath().normalize().getParent())
                        .toString());
        List<ConfigVolume> volumes = List.of(zram("/z"));
        Path fstab = directory.resolve("fstab");
        Files.writeString(
                fstab,
                ConfigFormats.render(ConfigFormat.FSTAB, volumes, context)
                        .files()
                        .get(0)
                        .text());
        String service = ConfigFormats.render(ConfigFormat.SYSTEMD, volumes, context).files().stream()
                .filter(file -> file.name().equals("cramdisk-zram" + number + ".service"))
                .findFirst()
                .orElseThrow()
                .text();
        String device = "/dev/zram" + number;
        Command.Result mounted = inPrivate("trap '" + command(service, "ExecStop") + "' EXIT\n"
                + command(service, "ExecStart") + "\n"
                + "cat /sys/block/zram" + number + "/disksize /sys/block/zram" + number + "/comp_algorithm\n"
                + "mount -a -T '" + fstab + "'\n"
                + "findmnt -n -o SOURCE,FSTYPE,OPTIONS '" + directory + "/z'\n"
                + "stat -c '%a %u %g' '" + directory + "/z'\n"
                + "umount '" + directory + "/z'\n");
        assertThat(mounted.succeeded().out())
                .contains("67108864\n")
                .contains("[lz4]")
                .contains(device + " ext4")
                .contains("nosuid,nodev,noexec")
                .contains("discard")
                .contains("1770 1234 4321\n");
        assertThat(Path.of("/sys/block/zram" + number)).doesNotExist();
    }

    /** Of these words sh and systemd make the same. */
    private static String command(String unit, String key) {
        return unit.lines()
                .filter(line -> line.startsWith(key + "="))
                .findFirst()
                .orElseThrow()
                .substring(key.length() + 1)
                .replace("%%", "%");
    }

    @Test
    void theScriptMakesEverythingAndTakesItAwayAgain() throws IOException {
        Requirements.zram();
        Requirements.programs("mkfs.ext4", "mkswap");
        ConfigVolume swap = ConfigVolume.of(ZramSpec.of(ByteSize.ofMebi(8), DeviceSwap.of(7)));
        Path script = script(List.of(tmpfs("/t'; exit 9; '"), zram("/z"), swap));
        String before = zramDevices();
        Command.Result run = inPrivate("export CRAMDISK_STATE='" + directory + "/state'\n"
                + "sh '" + script + "'\n"
                + "findmnt -n -t tmpfs,ext4 -o TARGET,OPTIONS | grep -F '" + directory + "'\n"
                + "cat /proc/swaps\n"
                + "stat -c '%a %u %g' '" + directory + "/z'\n"
                + "if sh '" + script + "' 2>&1; then exit 1; fi\n"
                + "sh '" + script + "' down\n"
                + "if findmnt -n -t tmpfs,ext4 -o TARGET | grep -F '" + directory + "'; then exit 1; fi\n");
        assertThat(run.succeeded().out())
                .contains("nr_inodes=1000")
                .contains("/z")
                .containsPattern("/dev/zram[0-9]+ +\\S+\\s+8188\\s+0\\s+7")
                .contains("1770 1234 4321")
                .contains("They are there already.");
        assertThat(zramDevices()).isEqualTo(before);
        assertThat(directory.resolve("z")).doesNotExist();
        assertThat(directory.resolve("state")).doesNotExist();
    }

    @Test
    void aScriptThatFailsOnItsWayLeavesNothing() throws IOException {
        Requirements.zram();
        Requirements.programs("mkfs.ext4");
        // The mount point of the last is a file.
        Files.writeString(directory.resolve("file"), "in the way");
        Path script = script(List.of(tmpfs("/t"), zram("/z"), tmpfs("/file/x/y")));
        String before = zramDevices();
        Command.Result run = inPrivate("export CRAMDISK_STATE='" + directory + "/state'\n"
                + "if sh '" + script + "'; then exit 1; fi\n"
                + "if findmnt -n -t tmpfs,ext4 -o TARGET | grep -F '" + directory + "'; then exit 1; fi\n");
        assertThat(run.succeeded().err()).contains("Failed; taking away what was made.");
        assertThat(zramDevices()).isEqualTo(before);
        assertThat(directory.resolve("t")).doesNotExist();
        assertThat(directory.resolve("state")).doesNotExist();
    }

    private Path script(List<ConfigVolume> volumes) throws IOException {
        Path script = directory.resolve("volumes.sh");
        return Files.writeString(
                script,
                ConfigFormats.render(ConfigFormat.SHELL, volumes, RenderContext.ANYWHERE)
                        .files()
                        .get(0)
                        .text());
    }

    private static String zramDevices() {
        return Command.run("sh", "-c", "ls -d /sys/block/zram* 2>/dev/null || true")
                .out();
    }
}
