// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.FullPolicy;
import io.github.cramdisk.api.FullWait;
import io.github.cramdisk.api.SqueezeSpec;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words of the commands that make, attach and detach a disk. Without state. */
final class DiskCommands {
    private DiskCommands() {}

    /** Keeps a disk that is there. */
    static List<String> create(DiskSpec spec, RenderContext context) {
        List<String> words = new ArrayList<>(List.of(
                program(context),
                "disk",
                "create",
                spec.name(),
                "--if-missing",
                "--size",
                spec.size().formatExact(),
                "--codec",
                spec.codec().toString(),
                "--block-size",
                spec.blockSize().formatExact()));
        add(
                words,
                "--ram-limit",
                spec.ramLimit() == null ? null : spec.ramLimit().formatExact());
        FullPolicy full = spec.whenFull();
        add(words, "--grow-to", full.growTo() == null ? null : full.growTo().formatExact());
        add(words, "--full", full.fullWait().equals(FullWait.AUTO) ? null : full.fullWait());
        boolean usual = spec.squeeze().equals(SqueezeSpec.defaultFor(spec.codec()));
        add(words, "--squeeze", usual ? null : spec.squeeze());
        if (spec.readOnly()) {
            words.add("--read-only");
        }
        return words;
    }

    /** Mounts what the disk holds already, and makes a filesystem or swap on one that holds nothing. */
    static List<String> attach(ConfigVolume.Disk disk, RenderContext context) {
        List<String> words = new ArrayList<>(
                List.of(program(context), "disk", "attach", disk.spec().name()));
        if (disk.use() instanceof DeviceFilesystem filesystem) {
            filesystem(words, filesystem);
        } else if (disk.use() instanceof DeviceSwap swap) {
            words.add("--swap");
            add(words, "--priority", swap.priority());
            add(
                    words,
                    "--discard",
                    swap.discard() == DeviceSwap.Discard.NONE
                            ? null
                            : swap.discard().text());
            add(words, "--label", swap.label());
            add(words, "--uuid", swap.uuid());
        }
        return words;
    }

    private static void filesystem(List<String> words, DeviceFilesystem filesystem) {
        words.addAll(List.of(
                "--mount", filesystem.target(), "--fs", filesystem.type().text()));
        add(words, "--label", filesystem.label());
        add(words, "--uuid", filesystem.uuid());
        add(words, "--owner", filesystem.uid());
        add(words, "--group", filesystem.gid());
        add(words, "--mode", filesystem.mode());
        List<String> options = options(filesystem);
        add(words, "--options", options.isEmpty() ? null : String.join(",", options));
        if (filesystem.createTarget()) {
            words.add("--mkdir");
        }
        if (filesystem.noDiscard()) {
            words.add("--no-discard");
        }
    }

    /** Mount options as they are asked for: without those that every disk is mounted with. */
    static List<String> options(DeviceFilesystem filesystem) {
        List<String> options = new ArrayList<>(MountText.flags(filesystem.flags()));
        options.removeAll(List.of("nosuid", "nodev"));
        options.addAll(filesystem.options());
        return options;
    }

    static List<String> detach(DiskSpec spec, RenderContext context) {
        return List.of(program(context), "disk", "detach", spec.name());
    }

    private static String program(RenderContext context) {
        return context.commandDirectory() + "/cramdisk";
    }

    private static void add(List<String> words, String option, @Nullable Object value) {
        if (value != null) {
            words.add(option);
            words.add(value.toString());
        }
    }
}
