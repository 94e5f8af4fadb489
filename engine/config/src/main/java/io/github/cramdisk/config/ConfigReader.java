// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import io.github.cramdisk.api.config.ConfigImport;
import io.github.cramdisk.api.config.ConfigSource;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** Reads the configuration of a machine into volumes. Without state. */
public final class ConfigReader {
    private ConfigReader() {}

    /** @param source any but {@link ConfigSource#RUNNING} */
    public static ConfigImport read(ConfigSource source, MachineFiles machine) throws IOException {
        return switch (source) {
            case FSTAB ->
                FstabParser.parse(
                        FstabFormat.FSTAB,
                        ZramNumbers.text(machine, FstabFormat.FSTAB),
                        ZramNumbers.text(machine, UdevFormat.RULES));
            case SYSTEMD -> UnitParser.parse(units(machine));
            case ZRAM_GENERATOR -> ZramGeneratorParser.parse(ZramNumbers.generatorFiles(machine), machine.ramBytes());
            case RUNNING -> throw new IllegalArgumentException("not from files");
        };
    }

    private static Map<String, String> units(MachineFiles machine) throws IOException {
        Map<String, String> units = new TreeMap<>();
        for (String name : machine.list(SystemdFormat.SYSTEM)) {
            if (UnitParser.reads(name)) {
                units.put(SystemdFormat.SYSTEM + name, ZramNumbers.text(machine, SystemdFormat.SYSTEM + name));
            }
        }
        return units;
    }
}
