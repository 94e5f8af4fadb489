// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.kernel.vm;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * What the virtual machine needs of this one. Where something is missing the tests are skipped and say why; in CI
 * ({@code CI=true}) they fail.
 */
final class Requirements {
    private static final List<String> PROGRAMS = List.of(
            "qemu-system-x86_64",
            "busybox",
            "cpio",
            "depmod",
            "dbus-daemon",
            "setpriv",
            "udevadm",
            "mkfs.ext4",
            "mkfs.xfs",
            "mkfs.btrfs");

    private Requirements() {}

    static void met() {
        need(
                System.getProperty("os.arch").equals("amd64"),
                "the kernel of these tests, which runs this machine's own programs, is one for amd64");
        for (String program : PROGRAMS) {
            need(isInstalled(program), program + " is not installed; ./test installs it");
        }
        need(Files.isExecutable(Path.of("/lib/systemd/systemd")), "systemd is not installed");
    }

    private static void need(boolean met, String otherwise) {
        if (met) {
            return;
        }
        if (Boolean.parseBoolean(System.getenv("CI"))) {
            Assertions.fail("CI must run every test, but " + otherwise);
        }
        System.out.println("SKIPPED: " + otherwise);
        Assumptions.abort(otherwise);
    }

    private static boolean isInstalled(String program) {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/sbin"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
