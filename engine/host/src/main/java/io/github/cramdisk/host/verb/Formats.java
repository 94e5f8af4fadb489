// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a filesystem or the header of swap on a device, by mkfs and mkswap. The device is new, hence all zeroes. */
final class Formats {
    private final Programs programs;

    Formats(Programs programs) {
        this.programs = programs;
    }

    void makeFilesystem(String device, DeviceFilesystem wanted) {
        List<String> arguments = new ArrayList<>();
        switch (wanted.type()) {
            case EXT4 -> {
                // No discard of a device that is empty; no blocks for root alone.
                arguments.addAll(List.of("-q", "-F", "-E", "nodiscard", "-m", "0"));
                if (!needsJournal(wanted)) {
                    // It would protect from a power cut, which memory does not survive, at the price of memory.
                    arguments.addAll(List.of("-O", "^has_journal"));
                }
                add(arguments, "-L", wanted.label());
                add(arguments, "-U", wanted.uuid());
            }
            case XFS -> {
                arguments.addAll(List.of("-q", "-f", "-K"));
                add(arguments, "-L", wanted.label());
                add(arguments, "-m", wanted.uuid() == null ? null : "uuid=" + wanted.uuid());
            }
            case BTRFS -> {
                // One copy of the metadata: a second one in the same memory protects from nothing.
                arguments.addAll(List.of("-q", "-f", "-K", "-m", "single"));
                add(arguments, "-L", wanted.label());
                add(arguments, "-U", wanted.uuid());
            }
        }
        arguments.add(device);
        programs.run("mkfs." + wanted.type().text(), arguments);
    }

    void makeSwap(String device, DeviceSwap wanted) {
        List<String> arguments = new ArrayList<>();
        add(arguments, "-L", wanted.label());
        add(arguments, "-U", wanted.uuid());
        arguments.add(device);
        programs.run("mkswap", arguments);
    }

    /** Options of the mount that follows: those asked for, and discard. */
    static List<MountOption> mountOptions(DeviceFilesystem wanted) {
        List<MountOption> options = new ArrayList<>(
                wanted.options().stream().map(MountOption::parse).toList());
        switch (wanted.type()) {
            case EXT4, XFS -> {
                if (!wanted.noDiscard()) {
                    options.add(MountOption.flag("discard"));
                }
            }
            // Asynchronous discard, the default, gives back a few extents a second.
            case BTRFS ->
                options.add(wanted.noDiscard() ? MountOption.flag("nodiscard") : MountOption.of("discard", "sync"));
        }
        return options;
    }

    /** Without one the kernel refuses to mount with these options. */
    private static boolean needsJournal(DeviceFilesystem wanted) {
        return wanted.options().stream().anyMatch(option -> option.startsWith("data=") || option.startsWith("commit="));
    }

    private static void add(List<String> arguments, String option, @Nullable Object value) {
        if (value != null) {
            arguments.add(option);
            arguments.add(value.toString());
        }
    }
}
