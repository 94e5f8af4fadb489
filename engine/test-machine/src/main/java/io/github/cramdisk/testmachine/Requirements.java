// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.testmachine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * What a test needs of the machine. A developer's machine may lack it: the test is skipped and says why. In CI
 * ({@code CI=true}) it fails instead, for there nobody reads what was skipped.
 */
public final class Requirements {
    private Requirements() {}

    public static void programs(String... names) {
        for (String name : names) {
            need(isInstalled(name), name + " is not installed; ./test installs it");
        }
    }

    public static void root() {
        need(Integer.valueOf(0).equals(uid()), "this test mounts filesystems and needs root");
    }

    public static void zram() {
        need(Files.exists(Path.of("/sys/class/zram-control/hot_add")), "this kernel has no zram, or it is not loaded");
    }

    public static void loopDevices() {
        need(
                Files.exists(Path.of("/dev/loop-control")) && Files.exists(Path.of("/dev/fuse")),
                "this machine has no loop devices or no FUSE");
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
                .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(program)));
    }

    private static Object uid() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
