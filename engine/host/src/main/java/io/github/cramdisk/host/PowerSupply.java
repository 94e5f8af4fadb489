// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether the machine runs on battery: some battery of its own discharges. Read from {@code /sys/class/power_supply} (the
 * kernel's {@code Documentation/ABI/testing/sysfs-class-power}). Thread-safe, without state.
 */
public final class PowerSupply {
    private final Path supplies;

    /** @param root {@code /}, or a directory with a {@code sys} of a test's own */
    public PowerSupply(Path root) {
        this.supplies = root.resolve("sys/class/power_supply");
    }

    /** False where there is no battery, or the kernel does not tell. */
    public boolean onBattery() {
        if (!Files.isDirectory(supplies)) {
            return false;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(supplies)) {
            for (Path supply : all) {
                if (isBatteryOfTheMachine(supply)
                        && read(supply.resolve("status")).equals("Discharging")) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            // Taken out while it was read.
            return false;
        }
    }

    /** A mouse or headset has a battery, too: its scope is Device. */
    private static boolean isBatteryOfTheMachine(Path supply) {
        return read(supply.resolve("type")).equals("Battery")
                && !read(supply.resolve("scope")).equals("Device");
    }

    private static String read(Path file) {
        try {
            return KernelText.value(file).orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
