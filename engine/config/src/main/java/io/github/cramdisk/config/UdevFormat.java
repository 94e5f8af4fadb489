// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import io.github.cramdisk.api.config.ConfigFile;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.ZramSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The udev rules that set zram devices up and make filesystem or swap on them, before anything else learns of the
 * devices; and the files that load the module with as many devices. Without state.
 */
final class UdevFormat {
    static final String RULES = "/etc/udev/rules.d/60-cramdisk-zram.rules";
    static final String MODULE_OPTIONS = "/etc/modprobe.d/cramdisk-zram.conf";
    static final String MODULE_LOAD = "/etc/modules-load.d/cramdisk-zram.conf";

    private UdevFormat() {}

    static List<ConfigFile> render(List<NumberedZram> devices, Notes notes) {
        if (devices.isEmpty()) {
            return List.of();
        }
        StringBuilder rules = new StringBuilder("# zram devices for fstab, written by Cramdisk.\n");
        int most = 0;
        for (NumberedZram device : devices) {
            rules.append("# ")
                    .append(CommentText.of(device.volume().title()))
                    .append('\n')
                    .append(rule(device))
                    .append('\n');
            most = Math.max(most, device.number());
        }
        notes.hint("Where zram is built into the kernel, add zram.num_devices=" + (most + 1)
                + " to its command line instead of the file in modprobe.d.");
        return List.of(
                new ConfigFile(RULES, rules.toString(), false),
                new ConfigFile(
                        MODULE_OPTIONS,
                        "# Written by Cramdisk: as many zram devices as 60-cramdisk-zram.rules sets up.\noptions zram num_devices="
                                + (most + 1) + "\n",
                        false),
                new ConfigFile(
                        MODULE_LOAD, "# For fstab and 60-cramdisk-zram.rules, written by Cramdisk.\nzram\n", false));
    }

    private static String rule(NumberedZram device) {
        ZramSpec spec = device.spec();
        List<String> terms = new ArrayList<>();
        terms.add("ACTION==\"add\"");
        terms.add("SUBSYSTEM==\"block\"");
        terms.add("KERNEL==\"" + device.name() + "\"");
        terms.add("ATTR{initstate}==\"0\"");
        ZramAttributes.of(spec).forEach(attribute -> terms.add(attribute(attribute.getKey(), attribute.getValue())));
        if (spec.use() instanceof DeviceFilesystem filesystem) {
            terms.add(run(
                    "/usr/sbin/mkfs." + filesystem.type().text(), MkfsText.filesystemWithOwner(filesystem), device));
        } else if (spec.use() instanceof DeviceSwap swap) {
            terms.add(run("/usr/sbin/mkswap", MkfsText.swap(swap), device));
        }
        return String.join(", ", terms);
    }

    private static String attribute(String name, String value) {
        return "ATTR{" + name + "}=\"" + UdevText.value(value) + "\"";
    }

    private static String run(String program, List<String> words, NumberedZram device) {
        StringBuilder command = new StringBuilder(program);
        words.forEach(word -> command.append(' ').append(UdevText.word(word)));
        return "RUN+=\"" + command.append(' ').append(device.device()) + "\"";
    }
}
