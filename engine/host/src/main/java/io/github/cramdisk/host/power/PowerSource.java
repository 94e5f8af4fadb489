// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.power;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the power comes from ({@code /sys/class/power_supply}, Documentation/ABI/testing/sysfs-class-power). */
public final class PowerSource {
    private final Path directory;

    /**
     * @param sysRoot {@code /sys}, or a recorded tree
     */
    public PowerSource(Path sysRoot) {
        this.directory = sysRoot.resolve("class/power_supply");
    }

    /**
     * Whether a battery of the machine (not of a mouse) is being drained. False where nothing is known: a machine without
     * batteries has no supplies to tell.
     */
    public boolean isBattery() {
        try (DirectoryStream<Path> supplies = Files.newDirectoryStream(directory)) {
            for (Path supply : supplies) {
                if (word(supply, "type").equals("Battery")
                        && !word(supply, "scope").equals("Device")
                        && word(supply, "status").equals("Discharging")) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    private static String word(Path supply, String name) {
        try {
            return Files.readString(supply.resolve(name)).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
