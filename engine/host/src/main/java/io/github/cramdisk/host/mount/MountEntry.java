// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.mount;

import io.github.cramdisk.host.KernelText;
import io.github.cramdisk.host.syscall.DeviceNumber;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One line of proc_pid_mountinfo(5), escapes undone.
 *
 * @param root the directory of the filesystem that is seen at the mount point; not {@code /} for a bind mount
 * @param target the mount point, as seen by this process
 * @param options of the mount alone ({@code rw}, {@code nosuid}, {@code relatime}, ...)
 * @param type such as {@code tmpfs}
 * @param source such as {@code tmpfs} or {@code /dev/zram0}; any text the mounter wrote
 * @param superOptions of the filesystem ({@code rw}, {@code size=1024k}, ...)
 */
public record MountEntry(
        long id,
        long parentId,
        DeviceNumber device,
        String root,
        String target,
        List<String> options,
        String type,
        String source,
        List<String> superOptions) {
    private static final String SEPARATOR = " - ";
    private static final int FIELDS_BEFORE = 6;
    private static final int FIELDS_AFTER = 2;
    /** A node or range of an mpol list, which the kernel writes with the same comma as stands between options. */
    private static final Pattern NODES = Pattern.compile("[0-9]+(-[0-9]+)?");

    public MountEntry {
        options = List.copyOf(options);
        superOptions = List.copyOf(superOptions);
    }

    /** Reads a line; empty where it is none, such as one cut off while mounts come and go. */
    static Optional<MountEntry> parse(String line) {
        int separator = line.indexOf(SEPARATOR);
        if (separator < 0) {
            return Optional.empty();
        }
        String[] before = line.substring(0, separator).split(" ", -1);
        String[] after = line.substring(separator + SEPARATOR.length()).split(" ", -1);
        if (before.length < FIELDS_BEFORE || after.length < FIELDS_AFTER) {
            return Optional.empty();
        }
        try {
            return Optional.of(new MountEntry(
                    Long.parseLong(before[0]),
                    Long.parseLong(before[1]),
                    DeviceNumber.parse(before[2]),
                    KernelText.unescaped(before[3]),
                    KernelText.unescaped(before[4]),
                    optionList(before[5]),
                    KernelText.unescaped(after[0]),
                    KernelText.unescaped(after[1]),
                    after.length > FIELDS_AFTER ? optionList(after[2]) : List.of()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether the filesystem has an option without a value. */
    public boolean hasSuperOption(String name) {
        return superOptions.contains(name);
    }

    /** The value of an option of the filesystem, as the kernel writes it. */
    public Optional<String> superOption(String name) {
        String prefix = name + "=";
        return superOptions.stream()
                .filter(option -> option.startsWith(prefix))
                .map(option -> option.substring(prefix.length()))
                .findFirst();
    }

    private static List<String> optionList(String field) {
        List<String> options = new ArrayList<>();
        for (String option : Arrays.asList(field.split(",", -1))) {
            int last = options.size() - 1;
            if (last >= 0
                    && options.get(last).startsWith("mpol=")
                    && NODES.matcher(option).matches()) {
                options.set(last, options.get(last) + "," + option);
            } else {
                options.add(KernelText.unescaped(option));
            }
        }
        return options;
    }
}
