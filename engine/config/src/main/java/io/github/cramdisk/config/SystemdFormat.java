// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import io.github.cramdisk.api.config.ConfigFile;
import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.ZramSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Units of systemd: a mount for each tmpfs and ramfs; a service that makes a zram device, and the mount or swap on it;
 * services for disks. What starts them is a drop-in of the target, so that copying the files is all there is to do: no
 * links, no {@code systemctl enable}. Without state.
 */
final class SystemdFormat {
    static final String SYSTEM = "/etc/systemd/system/";
    /** Of the drop-ins that make a target start the units. */
    static final String DROP_IN = ".d/50-cramdisk.conf";

    private final RenderContext context;
    private final Notes notes;
    private final List<ConfigFile> files = new ArrayList<>();
    private final List<String> mounts = new ArrayList<>();
    private final List<String> swaps = new ArrayList<>();
    private final List<String> services = new ArrayList<>();
    private final List<String> disks = new ArrayList<>();

    private SystemdFormat(RenderContext context, Notes notes) {
        this.context = context;
        this.notes = notes;
    }

    static List<ConfigFile> render(List<ConfigVolume> volumes, RenderContext context, Notes notes) {
        SystemdFormat format = new SystemdFormat(context, notes);
        List<ConfigVolume> expressible =
                volumes.stream().filter(format::hasUnitName).toList();
        List<NumberedZram> numbered = NumberedZram.of(expressible, context);
        for (ConfigVolume volume : expressible) {
            if (volume instanceof ConfigVolume.Tmpfs tmpfs) {
                format.tmpfs(tmpfs);
            } else if (volume instanceof ConfigVolume.Ramfs ramfs) {
                format.ramfs(ramfs);
            } else if (volume instanceof ConfigVolume.Disk disk) {
                format.disk(disk);
            }
        }
        numbered.forEach(format::zram);
        format.dropIn("local-fs.target", format.mounts);
        format.dropIn("swap.target", format.swaps);
        format.dropIn("sysinit.target", format.services);
        format.dropIn("multi-user.target", format.disks);
        if (!format.files.isEmpty()) {
            notes.hint(
                    "After a change of units: systemctl daemon-reload; started units stay as they are until a restart.");
        }
        return format.files;
    }

    private boolean hasUnitName(ConfigVolume volume) {
        String target = volume.target();
        if (target == null) {
            return true;
        }
        if (!SystemdText.fitsLine(target)) {
            notes.leftOut(volume, "A unit cannot name a path with control characters.", ConfigFormat.FSTAB);
            return false;
        }
        if (SystemdText.unitOfPath(target, "mount").getBytes(StandardCharsets.UTF_8).length
                > SystemdText.MOST_NAME_BYTES) {
            notes.leftOut(
                    volume,
                    "The name of its unit would be longer than " + SystemdText.MOST_NAME_BYTES + " bytes.",
                    ConfigFormat.FSTAB);
            return false;
        }
        return true;
    }

    private void tmpfs(ConfigVolume.Tmpfs volume) {
        Optional<List<String>> options = MountText.tmpfs(volume, notes);
        // As in tmp.mount: what lies in swap must be read back before swap is turned off.
        options.ifPresent(words -> mount(volume, "tmpfs", "tmpfs", words, "After=swap.target\n"));
    }

    private void ramfs(ConfigVolume.Ramfs volume) {
        List<String> words = MountText.flags(volume.spec().flags());
        if (volume.spec().mode() != null) {
            words.add("mode=" + volume.spec().mode());
        }
        mount(volume, "ramfs", "ramfs", words, "");
    }

    private void mount(ConfigVolume volume, String source, String type, List<String> words, String order) {
        String target = String.valueOf(volume.target());
        boolean manual = false;
        for (String extra : volume.extra()) {
            if (extra.equals("noauto")) {
                manual = true;
            } else if (!extra.equals("nofail") && !extra.equals("auto") && !extra.startsWith("X-mount.mkdir")) {
                notes.changed(volume, "The option " + extra + " is for fstab only, and left out.", ConfigFormat.FSTAB);
            }
        }
        String unit = SystemdText.unitOfPath(target, "mount");
        files.add(new ConfigFile(
                SYSTEM + unit,
                """
                # Written by Cramdisk.
                [Unit]
                Description=%s
                %s
                [Mount]
                What=%s
                Where=%s
                Type=%s
                %s""".formatted(description(volume), order, source, SystemdText.path(target), type, options(words)),
                false));
        if (!manual) {
            mounts.add(unit);
        }
    }

    private void disk(ConfigVolume.Disk volume) {
        if (volume.use() == null) {
            files.add(DiskUnits.ofUser(volume, context));
            return;
        }
        files.add(DiskUnits.ofSystem(volume, context));
        disks.add(DiskUnits.unit(volume));
        notes.hint(
                volume,
                "As a part of the system it belongs to the engine of the system, and is another disk than yours of the same"
                        + " name.");
    }

    private static String options(List<String> words) {
        return words.isEmpty() ? "" : "Options=" + SystemdText.value(String.join(",", words)) + "\n";
    }

    private static String description(ConfigVolume volume) {
        return SystemdText.value(CommentText.of("Cramdisk " + volume.title()));
    }

    private void zram(NumberedZram device) {
        ZramAttributes.noteSchedule(device.volume(), notes);
        String service = "cramdisk-" + device.name() + ".service";
        files.add(new ConfigFile(SYSTEM + service, service(device), false));
        String order = "Requires=" + service + "\nAfter=" + service + "\n";
        if (device.spec().use() instanceof DeviceFilesystem filesystem) {
            mount(device.volume(), device.device(), filesystem.type().text(), MountText.zram(filesystem), order);
        } else if (device.spec().use() instanceof DeviceSwap swap) {
            swap(device, swap, order);
        } else {
            services.add(service);
        }
    }

    private void swap(NumberedZram device, DeviceSwap swap, String order) {
        String unit = SystemdText.unitOfPath(device.device(), "swap");
        List<String> words = MountText.swap(swap);
        words.removeIf(word -> word.startsWith("pri="));
        files.add(new ConfigFile(
                SYSTEM + unit,
                """
                # Written by Cramdisk.
                [Unit]
                Description=%s
                %s
                [Swap]
                What=%s
                %s%s""".formatted(
                                description(device.volume()),
                                order,
                                device.device(),
                                swap.priority() == null ? "" : "Priority=" + swap.priority() + "\n",
                                options(words)),
                false));
        swaps.add(unit);
    }

    /** Stopped after the mount or swap that requires it, at shutdown too; then its memory is free. */
    private String service(NumberedZram device) {
        return """
                # Written by Cramdisk.
                [Unit]
                Description=%s: device %s
                DefaultDependencies=no
                After=systemd-modules-load.service
                Before=shutdown.target
                Conflicts=shutdown.target

                [Service]
                Type=oneshot
                RemainAfterExit=yes
                ExecStart=%s
                ExecStop=%s/cramdisk-zram down %d
                """.formatted(
                        description(device.volume()),
                        device.device(),
                        command(device),
                        SystemdText.word(context.libraryDirectory()),
                        device.number());
    }

    private String command(NumberedZram device) {
        List<String> words = new ArrayList<>(
                List.of(context.libraryDirectory() + "/cramdisk-zram", "up", Integer.toString(device.number())));
        ZramSpec spec = device.spec();
        ZramAttributes.of(spec).forEach(attribute -> {
            words.add("--set");
            words.add(attribute.getKey() + "=" + attribute.getValue());
        });
        if (spec.use() instanceof DeviceFilesystem filesystem) {
            if (filesystem.uid() != null || filesystem.gid() != null) {
                words.addAll(List.of(
                        "--owner",
                        (filesystem.uid() == null ? 0 : filesystem.uid()) + ":"
                                + (filesystem.gid() == null ? 0 : filesystem.gid())));
            }
            if (filesystem.mode() != null) {
                words.addAll(List.of("--mode", filesystem.mode().toString()));
            }
            words.addAll(List.of("--make", "mkfs." + filesystem.type().text()));
            words.addAll(MkfsText.filesystem(filesystem));
        } else if (spec.use() instanceof DeviceSwap swap) {
            words.addAll(List.of("--make", "mkswap"));
            words.addAll(MkfsText.swap(swap));
        }
        return String.join(" ", words.stream().map(SystemdText::word).toList());
    }

    /** Wanted, not required: a volume that cannot be made must not keep the machine from starting. */
    private void dropIn(String target, List<String> units) {
        if (!units.isEmpty()) {
            files.add(new ConfigFile(
                    SYSTEM + target + DROP_IN,
                    "# Written by Cramdisk: what this target starts.\n[Unit]\nWants=" + String.join(" ", units) + "\n",
                    false));
        }
    }
}
