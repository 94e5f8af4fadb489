// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cramdisk.kernel.vm.Hypervisor;
import io.github.cramdisk.kernel.vm.InVirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The deb on a machine with systemd, in place of the helper that the machine came with: an upgrade over a mounted disk, the
 * engine of the system, the removal. The packages are those that {@code installer/tests/run} has made; each command is a
 * process of its own, as for a user.
 */
@InVirtualMachine(withoutKvm = Hypervisor.UML)
class PackageIT {
    private static final Path CHECKOUT = Path.of(System.getProperty("cramdisk.dist", "target/dist"))
            .resolve("../../..")
            .normalize();
    private static final Path PACKAGES = CHECKOUT.resolve("target/package-tests");
    private static final String PLACE = User.HOME + "/package";
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @BeforeEach
    void install() {
        User.launcher("engine", "stop").succeeded();
        Root.run(CHECKOUT + "/installer/install-helper", "--as-root-uninstall").succeeded();
        // The index of all manual pages of the machine would take longer than the rest.
        Root.shell("rm -f /var/lib/man-db/auto-update");
        Root.shell("dpkg --install " + PACKAGES + "/cramdisk_*.deb");
    }

    @AfterEach
    void leaveTheMachineAsItWas() {
        Root.run("dpkg", "--purge", "cramdisk");
        Root.run(
                        CHECKOUT + "/installer/install-helper",
                        "--as-root-install",
                        System.getProperty("cramdisk.dist", "target/dist") + "/helper",
                        System.getProperty("cramdisk.java", "java"))
                .succeeded();
    }

    @Test
    void anUpgradeKeepsAMountedDiskAndARemovalLeavesNothing() throws IOException {
        // One test, because an installation takes long on an emulated processor.
        theEngineOfTheSystemMountsADisk();
        startEngine();
        installed("disk", "create", "package", "--size", "128M").succeeded();
        installed("disk", "attach", "package", "--mount", PLACE, "--mkdir", "--fs", "ext4")
                .succeeded();
        User.run("cp", "--recursive", "/usr/share/perl5", PLACE + "/before").succeeded();
        User.run("sync", "--file-system", PLACE).succeeded();
        String before = User.engine().pid() + " " + home();

        Shell.Result upgrade =
                Root.run("dpkg", "--install", PACKAGES + "/next.deb").succeeded();
        assertThat(upgrade.out()).contains("the engine of cdtest", "cramdisk engine restart");
        assertThat(User.engine().pid() + " " + home()).isEqualTo(before);
        assertIntact();

        // What is written meanwhile waits for the engine that comes.
        User.shell("cp --recursive /usr/share/perl5 " + PLACE + "/during >/tmp/during.log 2>&1 & echo $! >/tmp/during");
        restartEngine();
        assertThat(home())
                .isNotEqualTo(before.substring(before.indexOf(' ') + 1))
                .isEqualTo(current());
        await().atMost(LIMIT).until(() -> !Files.exists(Path.of("/proc/" + User.shell("cat /tmp/during"))));
        User.run("diff", "--recursive", "/usr/share/perl5", PLACE + "/during").succeeded();
        assertIntact();
        assertThat(Root.kernelLog()).doesNotContain("I/O error");

        Root.shell("cd " + PLACE + " && (exec -a holder sleep 600 >/dev/null 2>&1 & echo $! >/tmp/holder)");
        Shell.Result refused = Root.run("dpkg", "--remove", "cramdisk");
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.out() + refused.err()).contains("sleep", "Cramdisk is not removed");
        assertIntact();
        Root.shell("kill $(cat /tmp/holder)");

        Shell.Result removed = Root.run("dpkg", "--remove", "cramdisk").succeeded();
        assertThat(removed.out()).contains("the disks of cdtest are ended", "what stays: ");
        assertThat(Root.run("findmnt", PLACE).exitCode()).isNotZero();
        assertThat(Root.shell("findmnt --list --noheadings --output TARGET")).doesNotContain("cramdisk");
        assertThat(Root.run("systemctl", "list-unit-files", "--no-legend", "cramdisk-[eh]*")
                        .out())
                .isEmpty();
        assertThat(Root.shell("cat /sys/block/nbd*/pid 2>/dev/null || true")).isEmpty();
        assertThat(Root.shell(
                        "ls -d /usr/lib/cramdisk /run/cramdisk /usr/share/polkit-1/*/*cramdisk* 2>/dev/null || true"))
                .isEmpty();
    }

    /** As units do that {@code config export} writes: nobody is logged in, nobody is asked. */
    private static void theEngineOfTheSystemMountsADisk() throws IOException {
        Files.writeString(Path.of("/etc/systemd/system/early-disk.service"), """
                [Unit]
                Requires=cramdisk-engine.service
                After=cramdisk-engine.service

                [Service]
                Type=oneshot
                RemainAfterExit=yes
                User=cramdisk
                Environment=CRAMDISK_RUNTIME_DIR=/run/cramdisk/system
                ExecStartPre=+/bin/mkdir -p -- /mnt/early
                ExecStart=/usr/bin/cramdisk disk create early --if-missing --size 64M
                ExecStart=/usr/bin/cramdisk disk attach early --mount /mnt/early --mkdir --fs ext4 --owner 4711
                ExecStop=/usr/bin/cramdisk disk detach early
                """);
        Root.run("systemctl", "daemon-reload").succeeded();
        Root.run("systemctl", "start", "cramdisk-engine").succeeded();
        await().atMost(LIMIT).until(() -> Files.exists(Path.of("/run/cramdisk/system/engine.sock")));
        Shell.Result started = Root.run("systemctl", "start", "early-disk");
        assertThat(started.exitCode())
                .as(Root.run("journalctl", "--unit=early-disk", "--unit=cramdisk-engine", "--unit=cramdisk-helper")
                        .out())
                .isZero();
        User.run("touch", "/mnt/early/file").succeeded();
        assertThat(Root.shell("journalctl --unit=early-disk --output=cat")).contains("ext4 at /mnt/early");
        Root.run("systemctl", "stop", "early-disk").succeeded();
        assertThat(Root.run("findmnt", "/mnt/early").exitCode()).isNotZero();
        Root.run("systemctl", "stop", "cramdisk-engine").succeeded();
        Files.delete(Path.of("/etc/systemd/system/early-disk.service"));
    }

    private static Shell.Result installed(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "/usr/bin/cramdisk";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return User.run(command);
    }

    /** The command waits ten seconds for the engine, an emulated processor takes longer. */
    private static void startEngine() {
        await().atMost(LIMIT).until(() -> installed("engine", "start").exitCode() == 0);
    }

    private static void restartEngine() {
        if (installed("engine", "restart").exitCode() != 0) {
            startEngine();
        }
    }

    /** Where the running engine has its files. */
    private static String home() {
        return Root.shell(
                "tr '\\0' '\\n' </proc/" + User.engine().pid() + "/cmdline | sed -n 's/^-Dcramdisk.home=//p'");
    }

    private static String current() {
        return Root.shell("readlink -f /usr/lib/cramdisk/current");
    }

    /** Read from the disk, not from the page cache. */
    private static void assertIntact() {
        Root.shell("sync && echo 3 >/proc/sys/vm/drop_caches");
        User.run("diff", "--recursive", "/usr/share/perl5", PLACE + "/before").succeeded();
    }
}
