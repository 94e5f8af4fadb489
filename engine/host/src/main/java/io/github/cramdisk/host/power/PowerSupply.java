// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.power;

import io.github.cramdisk.host.KernelText;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads /sys/class/power_supply; see Documentation/ABI/testing/sysfs-class-power of the kernel. */
public final class PowerSupply {
    private final Path root;

    /**
     * @param root {@code /}, or a recorded tree with {@code sys/class/power_supply}
     */
    public PowerSupply(Path root) {
        this.root = root;
    }

    /**
     * Whether the machine itself runs on its battery: one of its own batteries is discharging. Batteries of mice and
     * phones do not count. A machine that does not tell has none.
     */
    public boolean isOnBattery() {
        try (DirectoryStream<Path> supplies = Files.newDirectoryStream(root.resolve("sys/class/power_supply"))) {
            for (Path supply : supplies) {
                if (is(supply, "type", "Battery")
                        && !is(supply, "scope", "Device")
                        && is(supply, "status", "Discharging")) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            // No such directory on most servers.
            return false;
        }
    }

    private static boolean is(Path supply, String file, String value) throws IOException {
        return KernelText.value(supply.resolve(file)).orElse("").equals(value);
    }
}
