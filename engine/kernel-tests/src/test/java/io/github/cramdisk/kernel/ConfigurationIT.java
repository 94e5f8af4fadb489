// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.kernel.vm.InVirtualMachine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Configuration of the user's volumes on a real system: fstab with udev, the script, and what the helper applies. */
@InVirtualMachine
class ConfigurationIT {
    private static final String TMPFS = User.HOME + "/from fstab";
    private static final String ZRAM = User.HOME + "/zram-from-fstab";
    private static final String FSTAB = "/etc/fstab";

    @Test
    void whatFstabGotIsMountedByMountWithAllItsOptions() {
        List<String> volumes = make();
        String exported = export("fstab", volumes);
        takeAway(volumes);
        String before = Root.shell("cat " + FSTAB);
        try {
            Root.shell("mkdir --parents /etc/udev/rules.d /etc/modprobe.d && cat " + exported + "/etc/fstab >>" + FSTAB
                    + " && cp " + exported + "/etc/udev/rules.d/* /etc/udev/rules.d/ && cp " + exported
                    + "/etc/modprobe.d/* /etc/modprobe.d/");
            Root.shell("modprobe --remove zram; udevadm control --reload && modprobe zram && udevadm settle");
            Root.run("mount", "--all").succeeded();

            assertThat(Root.shell("findmnt --noheadings --output FSTYPE,OPTIONS '" + TMPFS + "'"))
                    .contains("tmpfs", "nosuid", "nodev", "noexec", "size=32768k", "nr_inodes=1000", "mode=750");
            assertThat(Root.shell("findmnt --noheadings --output SOURCE,FSTYPE,OPTIONS " + ZRAM))
                    .contains("/dev/zram", "ext4", "nosuid", "nodev", "discard");
            String device = Root.shell("basename $(findmnt --noheadings --output SOURCE " + ZRAM + ")");
            assertThat(Root.shell("cat /sys/block/" + device + "/comp_algorithm /sys/block/" + device + "/disksize"))
                    .contains("[zstd]", "67108864");
        } finally {
            Root.shell("umount '" + TMPFS + "' " + ZRAM + "; printf '%s' '" + before + "' >" + FSTAB
                    + "; rm --force /etc/udev/rules.d/*cramdisk* /etc/modprobe.d/*cramdisk*; udevadm control --reload;"
                    + " modprobe --remove zram; modprobe zram num_devices=0; true");
        }
    }

    @Test
    void theScriptMakesTheVolumesAndTakesThemAwayAgain() {
        List<String> volumes = make();
        String script = export("shell", volumes) + "/cramdisk-volumes.sh";
        takeAway(volumes);
        Root.run("sh", script).succeeded();
        assertThat(Root.shell("findmnt --noheadings --output OPTIONS '" + TMPFS + "'"))
                .contains("noexec", "size=32768k", "nr_inodes=1000", "mode=750");
        assertThat(Root.shell("findmnt --noheadings --output SOURCE,FSTYPE " + ZRAM))
                .contains("/dev/zram", "ext4");
        Root.run("sh", script, "down").succeeded();
        assertThat(Root.run("findmnt", TMPFS).exitCode()).isNotZero();
        assertThat(Root.run("findmnt", ZRAM).exitCode()).isNotZero();
        assertThat(Root.shell("cat /sys/block/zram*/disksize 2>/dev/null || true"))
                .doesNotContain("67108864");
    }

    @Test
    void aRuleOfPolkitLetsTheUserApplyAndRevert() {
        User.cramdisk("tmpfs", "mount", TMPFS, "--mkdir", "--size", "32M").succeeded();
        Root.shell("echo '# of the owner' >" + FSTAB);
        String before = Root.shell("cat " + FSTAB);

        assertThat(User.cramdisk("config", "apply", TMPFS, "--format", "fstab")
                        .succeeded()
                        .out())
                .contains("Written: /etc/fstab");
        assertThat(Root.shell("cat " + FSTAB)).startsWith(before).contains("/from\\040fstab tmpfs", "size=32M");
        assertThat(Root.shell("stat --format '%U %a' " + FSTAB)).isEqualTo("root 644");
        Root.run("findmnt", "--verify", "--tab-file", FSTAB).succeeded();

        User.cramdisk("config", "revert", "--format", "fstab").succeeded();
        assertThat(Root.shell("cat " + FSTAB)).isEqualTo(before);
        User.cramdisk("tmpfs", "unmount", TMPFS).succeeded();
    }

    /** A tmpfs and a zram filesystem of the user, by their titles. */
    private static List<String> make() {
        User.cramdisk(
                        "tmpfs",
                        "mount",
                        TMPFS,
                        "--mkdir",
                        "--size",
                        "32M",
                        "--inodes",
                        "1000",
                        "--mode",
                        "750",
                        "--options",
                        "noexec")
                .succeeded();
        User.cramdisk("zram", "create", "--size", "64M", "--algorithm", "zstd", "--mount", ZRAM, "--mkdir")
                .succeeded();
        return List.of(TMPFS, ZRAM);
    }

    /** The directory that has the files of a format, below it as they are to be below the root. */
    private static String export(String format, List<String> volumes) {
        String directory = User.HOME + "/exported-" + format;
        User.cramdisk("config", "export", volumes.get(0), volumes.get(1), "--format", format, "--output", directory)
                .succeeded();
        return directory;
    }

    private static void takeAway(List<String> volumes) {
        User.cramdisk("tmpfs", "unmount", volumes.get(0)).succeeded();
        String device = Root.shell("findmnt --noheadings --output SOURCE " + volumes.get(1));
        User.cramdisk("zram", "remove", device, "--force").succeeded();
    }
}
