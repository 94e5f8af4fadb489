// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.config.MkfsText;
import java.util.ArrayList;
import java.util.List;

/** Puts a filesystem or the header of swap on a device, by mkfs and mkswap. The device is new, hence all zeroes. */
final class Formats {
    private final Programs programs;

    Formats(Programs programs) {
        this.programs = programs;
    }

    void makeFilesystem(String device, DeviceFilesystem wanted) {
        List<String> arguments = new ArrayList<>(MkfsText.filesystem(wanted));
        arguments.add(device);
        programs.run("mkfs." + wanted.type().text(), arguments);
    }

    void makeSwap(String device, DeviceSwap wanted) {
        List<String> arguments = new ArrayList<>(MkfsText.swap(wanted));
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
}
