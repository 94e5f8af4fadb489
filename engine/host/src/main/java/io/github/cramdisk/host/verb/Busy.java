// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.VolumeUser;
import io.github.cramdisk.host.mount.MountEntry;
import io.github.cramdisk.host.mount.MountTable;
import io.github.cramdisk.host.process.VolumeUsers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Says who keeps something busy. */
final class Busy {
    private static final int MOST_NAMED = 5;

    private final Path root;
    private final VolumeUsers users;

    Busy(Path root) {
        this.root = root;
        this.users = new VolumeUsers(root);
    }

    CramdiskException mount(MountEntry mount) {
        try {
            MountTable table = MountTable.read(root);
            List<String> who = new ArrayList<>(users.ofMount(mount, table).stream()
                    .map(VolumeUser::toString)
                    .toList());
            table.mountedOn(mount).forEach(child -> who.add("the mount " + child.target()));
            return busy(mount.target(), who);
        } catch (IOException e) {
            throw Refusals.unreadable(e);
        }
    }

    CramdiskException device(String device) {
        try {
            List<String> who = new ArrayList<>(
                    users.ofDevice(device).stream().map(VolumeUser::toString).toList());
            for (MountEntry entry : MountTable.read(root).entries()) {
                if (entry.source().equals(device)) {
                    who.add("the mount " + entry.target());
                }
            }
            return busy(device, who);
        } catch (IOException e) {
            throw Refusals.unreadable(e);
        }
    }

    /** @throws CramdiskException {@link ErrorKind#VOLUME_BUSY} while a process has the device open */
    void requireNobodyHas(String device) {
        try {
            List<String> who =
                    users.ofDevice(device).stream().map(VolumeUser::toString).toList();
            if (!who.isEmpty()) {
                throw busy(device, who);
            }
        } catch (IOException e) {
            throw Refusals.unreadable(e);
        }
    }

    private static CramdiskException busy(String what, List<String> who) {
        String text = who.isEmpty()
                ? "the kernel itself or a process that cannot be looked into"
                : String.join(", ", who.subList(0, Math.min(who.size(), MOST_NAMED)));
        String more = who.size() > MOST_NAMED ? " and " + (who.size() - MOST_NAMED) + " more" : "";
        return new CramdiskException(ErrorKind.VOLUME_BUSY, what, text + more);
    }
}
