// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.mount;

import io.github.cramdisk.host.KernelText;
import io.github.cramdisk.host.syscall.AbsolutePath;
import io.github.cramdisk.host.syscall.DeviceNumber;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The mounts that this process sees, at one moment, in the order in which the kernel lists them. */
public record MountTable(List<MountEntry> entries) {
    public MountTable {
        entries = List.copyOf(entries);
    }

    /**
     * @param root {@code /}, or a recorded tree with {@code proc/self/mountinfo}
     */
    public static MountTable read(Path root) throws IOException {
        return new MountTable(KernelText.lines(root.resolve("proc/self/mountinfo")).stream()
                .map(MountEntry::parse)
                .flatMap(Optional::stream)
                .toList());
    }

    /** The mount that a path of exactly this mount point leads to: the topmost of those stacked there. */
    public Optional<MountEntry> at(String target) {
        return visible().stream().filter(entry -> entry.target().equals(target)).findFirst();
    }

    public Optional<MountEntry> byId(long id) {
        return entries.stream().filter(entry -> entry.id() == id).findFirst();
    }

    /** All mounts, hidden ones too, of the filesystem with this device number. */
    public List<MountEntry> ofDevice(DeviceNumber device) {
        return entries.stream().filter(entry -> entry.device().equals(device)).toList();
    }

    /** The mounts that some path leads to: not covered by another at or above their mount point. */
    public List<MountEntry> visible() {
        Map<Long, List<MountEntry>> children = new HashMap<>();
        for (MountEntry entry : entries) {
            children.computeIfAbsent(entry.parentId(), id -> new ArrayList<>()).add(entry);
        }
        List<MountEntry> roots = entries.stream().filter(this::isRoot).toList();
        return entries.stream()
                .filter(entry -> roots.stream()
                        .anyMatch(
                                root -> leadsTo(root, entry.target(), children).equals(entry)))
                .toList();
    }

    /** Mounts on directories of this mount; while there are any it cannot be unmounted. */
    public List<MountEntry> mountedOn(MountEntry mount) {
        return entries.stream()
                .filter(entry -> entry.parentId() == mount.id() && entry.id() != mount.id())
                .toList();
    }

    /** The parent of a root is outside of what this process sees, or the root itself. */
    private boolean isRoot(MountEntry entry) {
        return entry.parentId() == entry.id() || entries.stream().noneMatch(other -> other.id() == entry.parentId());
    }

    /** The mount in which a walk along the path ends: at each mount point on the way it goes on in what is mounted there. */
    private static MountEntry leadsTo(MountEntry root, String path, Map<Long, List<MountEntry>> children) {
        MountEntry at = root;
        // A mount is entered at most once; the bound guards against a table that was read while it changed.
        for (int steps = 0; steps <= children.size(); steps++) {
            MountEntry next = null;
            for (MountEntry child : children.getOrDefault(at.id(), List.of())) {
                boolean onTheWay = child.id() != at.id() && AbsolutePath.isWithin(path, child.target());
                if (onTheWay
                        && (next == null
                                || child.target().length() <= next.target().length())) {
                    next = child;
                }
            }
            if (next == null) {
                return at;
            }
            at = next;
        }
        return at;
    }
}
