// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cramdisk.kernel.vm.InVirtualMachine;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** zram of the user, with an algorithm that the build machine's own kernel may lack. */
@InVirtualMachine
class ZramIT {
    private static final long MEBI = 1 << 20;

    @Test
    void anExt4OnZramWithZstdGivesTheMemoryOfDeletedFilesBack() {
        String place = User.HOME + "/zram";
        JsonNode made = User.json(
                "zram",
                "create",
                "--size",
                "256M",
                "--algorithm",
                "zstd",
                "--mount",
                place,
                "--mkdir",
                "--label",
                "crammed");
        String device = made.get("device").asText();
        assertThat(Root.shell("cat /sys/block/" + name(device) + "/comp_algorithm"))
                .contains("[zstd]");
        assertThat(Root.shell("blkid --output value --match-tag LABEL " + device))
                .isEqualTo("crammed");
        assertThat(Root.shell("findmnt --noheadings --output FSTYPE,OPTIONS " + place))
                .contains("ext4", "nosuid", "nodev", "discard");

        User.run("cp", "--recursive", "/usr/share/doc", place + "/doc").succeeded();
        User.shell("head -c 48M /dev/urandom > " + place + "/random && sync --file-system " + place);
        assertThat(heldBytes(device)).isGreaterThan(48 * MEBI);
        User.run("rm", "--recursive", place + "/doc", place + "/random").succeeded();
        User.run("sync", "--file-system", place).succeeded();
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(heldBytes(device)).isLessThan(5 * MEBI));

        User.cramdisk("zram", "remove", device, "--force").succeeded();
        assertThat(Root.run("findmnt", place).exitCode()).isNotZero();
    }

    @Test
    void swapOnZramWithZstdIsUsedAsTheKernelSays() {
        JsonNode made =
                User.json("zram", "create", "--size", "256M", "--algorithm", "zstd", "--swap", "--priority", "77");
        String device = made.get("device").asText();
        assertThat(Root.shell("grep -E '^" + device + " ' /proc/swaps")).endsWith("77");
        User.cramdisk("zram", "remove", device, "--force").succeeded();
        assertThat(Root.shell("cat /proc/swaps")).doesNotContain(device);
    }

    @Test
    void hugePagesAreWrittenBackToADeviceThatHoldsNothing() {
        String place = User.HOME + "/written-back";
        String file = "/run/backing";
        Root.shell("modprobe loop && truncate --size 64M " + file);
        String backing = Root.shell("losetup --find --show " + file);
        String[] create = {
            "zram",
            "create",
            "--size",
            "64M",
            "--algorithm",
            "zstd",
            "--backing-device",
            backing,
            "--mount",
            place,
            "--mkdir"
        };
        try {
            Root.run("mkfs.ext4", "-q", backing).succeeded();
            assertThat(User.cramdisk(create).ended(2).err()).contains("Something is on it");
            Root.run("e2fsck", "-fn", backing).succeeded();
            Root.run("wipefs", "--all", backing).succeeded();

            String device = User.json(create).get("device").asText();
            User.shell("head -c 16M /dev/urandom >" + place + "/noise && sync --file-system " + place);
            long before = heldBytes(device);
            assertThat(before).isGreaterThan(16 * MEBI);
            User.cramdisk("zram", "upkeep", device, "--write-back", "huge").succeeded();
            assertThat(heldBytes(device)).isLessThan(before - 12 * MEBI);
            // bd_stat: pages on the backing device, read from it, written to it.
            System.out.println("written back (bd_stat): " + Root.shell("cat /sys/block/" + name(device) + "/bd_stat"));
            Root.shell("echo 3 >/proc/sys/vm/drop_caches");
            User.run("md5sum", place + "/noise").succeeded();
            assertThat(Root.kernelLog()).doesNotContain("I/O error");
            User.cramdisk("zram", "remove", device, "--force").succeeded();
        } finally {
            Root.run("losetup", "--detach", backing).succeeded();
            Root.run("rm", file).succeeded();
        }
    }

    @Test
    void recompressionIsForKernelsThatHaveIt() {
        String device = User.json("zram", "create", "--size", "64M", "--algorithm", "lz4")
                .get("device")
                .asText();
        boolean there = Root.run("test", "-e", "/sys/block/" + name(device) + "/recomp_algorithm")
                        .exitCode()
                == 0;
        User.cramdisk("zram", "remove", device, "--force").succeeded();
        Shell.Result made = User.cramdisk(
                "zram", "create", "--size", "64M", "--algorithm", "lz4", "--recompress", "zstd", "--json");
        if (there) {
            User.cramdisk("zram", "remove", device, "--force");
            made.succeeded();
        } else {
            System.out.println("no recompression in kernel " + Root.shell("uname --kernel-release")
                    + " (built with CONFIG_ZRAM_MULTI_COMP, Linux 6.2; no kernel of Debian is), so only its refusal is tested: "
                    + made.ended(4).err().strip());
            assertThat(made.err()).contains("does not support");
        }
    }

    @Test
    void whatThisKernelLacksIsRefusedByItsName() {
        String place = User.HOME + "/unsupported";
        // Parameters of algorithms and recompression came with Linux 6.12 and 6.2; nothing half done stays.
        boolean parameters = Root.run("sh", "-c", "modprobe zram; ls /sys/block/zram*/algorithm_params")
                        .exitCode()
                == 0;
        assumeThat(parameters).isFalse();
        Shell.Result refused = User.cramdisk(
                        "zram", "create", "--size", "64M", "--algorithm", "zstd:level=3", "--mount", place, "--mkdir")
                .ended(4);
        assertThat(refused.err()).contains("does not support parameters of zram's algorithms");
        assertThat(Root.run("test", "-e", place).exitCode()).isNotZero();
    }

    private static String name(String device) {
        return device.substring("/dev/".length());
    }

    /** mem_used_total: the third field of mm_stat; see Documentation/admin-guide/blockdev/zram.rst. */
    private static long heldBytes(String device) {
        return Long.parseLong(Root.shell("awk '{ print $3 }' /sys/block/" + name(device) + "/mm_stat"));
    }
}
