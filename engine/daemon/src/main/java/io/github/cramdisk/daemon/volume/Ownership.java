// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import io.github.cramdisk.daemon.definition.VolumeDefinition;
import io.github.cramdisk.daemon.definition.VolumeDirectory;
import io.github.cramdisk.host.KernelText;
import io.github.cramdisk.host.zram.ZramState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Tells which volumes of the machine are those of a definition. Thread-safe. */
final class Ownership {
    private final Path root;
    private final VolumeDirectory definitions;
    private final Path arenaDirectory;
    private final String bootId;

    Ownership(VolumeHouse house) throws IOException {
        this.root = house.root();
        this.definitions = house.definitions();
        this.arenaDirectory = house.arenaDirectory();
        this.bootId =
                KernelText.value(root.resolve("proc/sys/kernel/random/boot_id")).orElse("");
    }

    /** Changes with each start of the machine. */
    String bootId() {
        return bootId;
    }

    VolumeDirectory definitions() {
        return definitions;
    }

    /** Whether a mount is one that this engine keeps: it has a definition, or is the tmpfs for the memory of its disks. */
    boolean isOurs(String type, String target) {
        return arenaDirectory.equals(Path.of(target)) || ofMount(type, target).isPresent();
    }

    /** Whether the memory of this engine's disks is in what is mounted there, or may be. */
    boolean holdsDisks(String target) {
        return arenaDirectory.startsWith(Path.of(target));
    }

    /** The definition of what is mounted at {@code target}, tmpfs or ramfs. */
    Optional<VolumeDefinition> ofMount(String type, String target) {
        return definitions.find(
                definition -> definition.spec().kind().text().equals(type) && target.equals(definition.target()));
    }

    /** The definition of a device, which is not that of an earlier one with the same number. */
    Optional<VolumeDefinition> ofZram(ZramState zram) {
        return definitions.find(definition -> definition.device() != null
                && definition.device().number() == zram.index()
                && definition.bootId().equals(bootId)
                && definition.sequence() == (definition.sequence() == 0 ? 0 : sequence(zram.index())));
    }

    /** What the kernel never uses twice (Linux 5.15); 0 where it has none. */
    long sequence(int zramIndex) {
        try {
            return KernelText.value(root.resolve("sys/block/zram" + zramIndex + "/diskseq"))
                    .map(Long::parseLong)
                    .orElse(0L);
        } catch (IOException | NumberFormatException e) {
            // The device is gone meanwhile.
            return -1;
        }
    }

    /** Whether the definition was made since the machine was started. */
    boolean isOfThisBoot(VolumeDefinition definition) {
        return Objects.equals(definition.bootId(), bootId);
    }
}
