// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.power;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PowerSupplyTest {
    @TempDir
    Path root = Path.of("");

    private void supply(String name, String type, String scope, String status) throws IOException {
        Path directory =
                Files.createDirectories(root.resolve("sys/class/power_supply").resolve(name));
        Files.writeString(directory.resolve("type"), type + "\n");
        Files.writeString(directory.resolve("status"), status + "\n");
        if (!scope.isEmpty()) {
            Files.writeString(directory.resolve("scope"), scope + "\n");
        }
    }

    @Test
    void isOnBatteryWhenItsOwnIsDischarging() throws IOException {
        assertThat(new PowerSupply(root).isOnBattery()).isFalse();
        supply("BAT0", "Battery", "", "Charging");
        supply("mouse", "Battery", "Device", "Discharging");
        assertThat(new PowerSupply(root).isOnBattery()).isFalse();
        supply("BAT0", "Battery", "System", "Discharging");
        assertThat(new PowerSupply(root).isOnBattery()).isTrue();
    }
}
