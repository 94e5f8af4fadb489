// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cramdisk.kernel.vm.InVirtualMachine;
import org.junit.jupiter.api.Test;

/** A disk of the user as a device of the kernel: attached, mounted, kept through a death of the engine, detached. */
@InVirtualMachine
class DiskAttachIT {
    @Test
    void aMountedDiskRidesThroughTheDeathOfItsEngine() {
        String place = User.HOME + "/disk";
        User.cramdisk("disk", "create", "ride", "--size", "256M").succeeded();
        JsonNode attached =
                User.json("disk", "attach", "ride", "--mount", place, "--mkdir", "--fs", "ext4", "--label", "r");
        String device = attached.get("attachment").get("device").asText();
        assertThat(Root.shell("findmnt --noheadings --output SOURCE,FSTYPE,OPTIONS " + place))
                .contains(device, "ext4", "nosuid", "nodev");
        assertThat(Root.shell("cat /sys/block/" + device.substring(5) + "/queue/io_timeout"))
                .isEqualTo("1500");

        User.run("cp", "--recursive", "/usr/share/perl5", place + "/doc").succeeded();
        User.killEngine();
        User.run("cp", "--recursive", "/usr/share/perl5", place + "/again").succeeded();
        User.run("sync", "--file-system", place).succeeded();
        User.run("diff", "--recursive", place + "/doc", place + "/again").succeeded();
        assertThat(Root.kernelLog()).doesNotContain("I/O error", "Buffer I/O");

        User.awaitEngine();
        User.cramdisk("engine", "stop").succeeded();
        User.startEngine();
        User.run("cp", "--recursive", place + "/doc", place + "/third").succeeded();

        assertThat(User.cramdisk("disk", "remove", "ride", "--force").ended(1).err())
                .contains("is attached as " + device);
        User.cramdisk("disk", "detach", "ride").succeeded();
        assertThat(Root.run("findmnt", place).exitCode()).isNotZero();

        User.cramdisk("disk", "attach", "ride", "--mount", place).succeeded();
        User.run("diff", "--recursive", place + "/doc", place + "/third").succeeded();
        User.cramdisk("disk", "detach", "ride").succeeded();
        assertThat(Root.kernelLog()).doesNotContain("I/O error", "Buffer I/O");
        User.cramdisk("disk", "remove", "ride", "--force").succeeded();
    }

    @Test
    void whatADiskHoldsIsNotFormattedUnasked() {
        User.cramdisk("disk", "create", "holds", "--size", "320M").succeeded();
        User.cramdisk("disk", "attach", "holds", "--mount", User.HOME + "/holds", "--mkdir", "--fs", "xfs")
                .succeeded();
        User.cramdisk("disk", "detach", "holds").succeeded();
        assertThat(User.json("disk", "attach", "holds", "--mount", User.HOME + "/holds")
                        .at("/attachment/filesystem")
                        .asText())
                .isEqualTo("xfs");
        User.cramdisk("disk", "detach", "holds").succeeded();
        assertThat(User.cramdisk("disk", "attach", "holds", "--mount", User.HOME + "/holds", "--fs", "ext4")
                        .ended(1)
                        .err())
                .contains("holds xfs");
        assertThat(User.json("disk", "show", "holds").get("attachment").isNull())
                .isTrue();
        User.cramdisk("disk", "attach", "holds", "--mount", User.HOME + "/holds", "--fs", "ext4", "--format")
                .succeeded();
        User.cramdisk("disk", "detach", "holds").succeeded();
        User.cramdisk("disk", "remove", "holds", "--force").succeeded();
    }

    @Test
    void aBusyDiskSaysWhoUsesItAndAFailedMountLeavesNothingAttached() {
        String place = User.HOME + "/busy";
        User.cramdisk("disk", "create", "busy", "--size", "64M").succeeded();
        User.cramdisk("disk", "attach", "busy", "--mount", User.HOME + "/missing")
                .ended(1);
        assertThat(User.json("disk", "show", "busy").get("attachment").isNull()).isTrue();
        User.cramdisk("disk", "attach", "busy", "--mount", place, "--mkdir").succeeded();
        Root.shell("cd " + place + " && (exec -a holder sleep 300 >/dev/null 2>&1 & echo $! > /tmp/holder)");
        assertThat(User.cramdisk("disk", "detach", "busy").ended(1).err()).contains("sleep");
        Root.shell("kill $(cat /tmp/holder)");
        User.cramdisk("disk", "detach", "busy").succeeded();
        User.cramdisk("disk", "remove", "busy", "--force").succeeded();
    }
}
