// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.config;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.config.ConfigApplied;
import io.github.cramdisk.api.config.ConfigDiff;
import io.github.cramdisk.api.config.ConfigExport;
import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.ConfigImport;
import io.github.cramdisk.api.config.ConfigImport.Found;
import io.github.cramdisk.api.config.ConfigRequest;
import io.github.cramdisk.api.config.ConfigSource;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.config.Configuration;
import io.github.cramdisk.config.ConfigFormats;
import io.github.cramdisk.config.ConfigPlan;
import io.github.cramdisk.config.ConfigReader;
import io.github.cramdisk.config.MachineFiles;
import io.github.cramdisk.config.UnifiedDiff;
import io.github.cramdisk.daemon.volume.ConfigVolumes;
import io.github.cramdisk.daemon.volume.VolumeHouse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The use cases of configuration. Thread-safe. */
public final class ConfigurationService implements Configuration {
    private final VolumeHouse house;
    private final ConfigVolumes volumes;
    private final Supplier<List<ConfigVolume.Disk>> disks;
    private final MachineFiles machine;

    /** @param disks those of the engine, by name */
    public ConfigurationService(VolumeHouse house, Supplier<List<ConfigVolume.Disk>> disks, MachineFiles machine) {
        this.house = house;
        this.volumes = new ConfigVolumes(house);
        this.disks = disks;
        this.machine = machine;
    }

    @Override
    public ConfigExport export(ConfigRequest request) {
        try {
            return ConfigFormats.render(
                    request.format(), chosen(request), ConfigPlan.context(request.format(), machine));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public ConfigDiff diff(ConfigRequest request) {
        try {
            ConfigPlan plan = ConfigPlan.make(request.format(), chosen(request), machine);
            List<ConfigDiff.Change> changes = new ArrayList<>();
            for (ConfigPlan.Change change : plan.changes()) {
                String before = text(change.before());
                String after = text(change.after());
                changes.add(new ConfigDiff.Change(
                        change.path(), before, after, UnifiedDiff.of(change.path(), before, after)));
            }
            return new ConfigDiff(request.format(), changes, plan.export().notes());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public ConfigImport read(ConfigSource source) {
        try {
            return source == ConfigSource.RUNNING ? volumes.running() : ConfigReader.read(source, machine);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public ConfigApplied apply(ConfigRequest request) {
        try {
            List<ConfigVolume> chosen = chosen(request);
            // Refused before anybody is asked for a password.
            ConfigPlan.make(request.format(), chosen, machine);
            return house.verbs().configure(house.caller(), request.format(), chosen);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public ConfigApplied revert(ConfigFormat format) {
        return house.verbs().revertConfiguration(house.caller(), format);
    }

    private List<ConfigVolume> chosen(ConfigRequest request) throws IOException {
        ConfigSource from = request.from();
        if (from != null) {
            List<ConfigVolume> found =
                    read(from).volumes().stream().map(Found::volume).toList();
            return request.names().isEmpty()
                    ? found
                    : request.names().stream().map(name -> named(found, name)).toList();
        }
        List<ConfigVolume> chosen = new ArrayList<>();
        if (request.names().isEmpty()) {
            chosen.addAll(disks.get());
            chosen.addAll(volumes.kept());
            return chosen;
        }
        for (String name : request.names()) {
            Optional<ConfigVolume.Disk> disk = disks.get().stream()
                    .filter(known -> known.spec().name().equals(name))
                    .findFirst();
            chosen.add(disk.isPresent() ? disk.get() : volumes.named(name));
        }
        return chosen;
    }

    private static ConfigVolume named(List<ConfigVolume> found, String name) {
        return found.stream()
                .filter(volume -> name.equals(volume.target()) || name.equals(volume.title()))
                .findFirst()
                .orElseThrow(() -> new CramdiskException(ErrorKind.NO_SUCH_VOLUME, "volume", name));
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    private static CramdiskException unreadable(IOException e) {
        String file = e instanceof java.nio.file.FileSystemException failed ? String.valueOf(failed.getFile()) : "/etc";
        return new CramdiskException(ErrorKind.CONFIG_UNREADABLE, e, file, e.toString());
    }
}
