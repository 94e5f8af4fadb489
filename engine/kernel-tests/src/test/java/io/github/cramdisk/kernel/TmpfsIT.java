// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cramdisk.kernel.vm.InVirtualMachine;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** tmpfs of the user, through the helper that systemd starts, as polkit decides. */
@InVirtualMachine
class TmpfsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String ALLOWED = User.HOME + "/allowed";
    private static final String DENIED = User.HOME + "/denied";

    @Test
    void theRuleOfPolkitAllowsOneAndDeniesAnother() {
        User.run("mkdir", ALLOWED, DENIED).succeeded();

        User.cramdisk("tmpfs", "mount", ALLOWED, "--size", "64M", "--mode", "700")
                .succeeded();
        User.run("cp", "/bin/busybox", ALLOWED + "/copy").succeeded();
        assertThat(User.shell("stat --format '%U %a' " + ALLOWED)).isEqualTo("cdtest 700");
        assertThat(Root.shell("findmnt --noheadings --output FSTYPE,OPTIONS " + ALLOWED))
                .contains("tmpfs", "nosuid", "nodev", "size=65536k");

        Shell.Result denied =
                User.cramdisk("tmpfs", "mount", DENIED, "--size", "64M").ended(3);
        assertThat(denied.err()).contains("not");
        assertThat(Root.run("findmnt", DENIED).exitCode()).isNotZero();

        User.cramdisk("tmpfs", "unmount", ALLOWED).succeeded();
        assertThat(Root.run("findmnt", ALLOWED).exitCode()).isNotZero();
        assertThat(Root.shell("systemctl show --property=ActiveState,NRestarts cramdisk-helper"))
                .contains("ActiveState=active", "NRestarts=0");
    }

    @Test
    void aHelperThatIsKilledForgetsNothing() {
        String place = User.HOME + "/kept";
        User.run("mkdir", place).succeeded();
        User.cramdisk("tmpfs", "mount", place, "--size", "16M").succeeded();
        User.run("touch", place + "/file").succeeded();
        Root.run("systemctl", "kill", "--signal=KILL", "cramdisk-helper").succeeded();
        await().atMost(PATIENCE)
                .until(() ->
                        Root.run("systemctl", "is-active", "cramdisk-helper").exitCode() != 0);

        User.cramdisk("tmpfs", "remount", place, "--size", "32M").succeeded();
        assertThat(Root.shell("findmnt --noheadings --output OPTIONS " + place)).contains("size=32768k");
        User.run("test", "-e", place + "/file").succeeded();
        User.cramdisk("tmpfs", "unmount", place).succeeded();
        assertThat(Root.run("findmnt", place).exitCode()).isNotZero();
    }

    @Test
    void theLauncherOfTheUserMeetsTheSameEngine() {
        String pid = User.json("engine", "status").get("pid").asText();
        assertThat(User.launcher("engine", "status", "--json").succeeded().out())
                .contains("\"pid\":" + pid);
    }
}
