// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The control group this process is in, as far as memory goes: version 2 (Documentation/admin-guide/cgroup-v2.rst), or
 * where that has no memory controller version 1, best effort. A limit of any ancestor counts, because what a group uses
 * is charged to all of them.
 */
public final class Cgroup {
    /** The names that differ between the versions. */
    private enum Version {
        V2("memory.max", "memory.high", "memory.current", "inactive_file"),
        V1("memory.limit_in_bytes", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file");

        final String limitFile;
        final String throttleFile;
        final String usageFile;
        final String inactiveFileKey;

        Version(String limitFile, String throttleFile, String usageFile, String inactiveFileKey) {
            this.limitFile = limitFile;
            this.throttleFile = throttleFile;
            this.usageFile = usageFile;
            this.inactiveFileKey = inactiveFileKey;
        }
    }

    /** From here on a version 1 limit means "none": the kernel writes LONG_MAX rounded down to a page. */
    private static final long V1_NO_LIMIT = Long.MAX_VALUE - (1L << 20);

    private final Version version;
    private final List<Path> groups;

    private Cgroup(Version version, List<Path> groups) {
        this.version = version;
        this.groups = List.copyOf(groups);
    }

    /**
     * The group of this process.
     *
     * @param root {@code /}, or a recorded tree with {@code proc/self/cgroup}, {@code proc/self/mountinfo} and the mounted
     *     hierarchy below it
     * @return empty where there is no memory controller
     */
    public static Optional<Cgroup> ofThisProcess(Path root) throws IOException {
        List<String> memberships = Files.readAllLines(root.resolve("proc/self/cgroup"));
        List<String> mounts = Files.readAllLines(root.resolve("proc/self/mountinfo"));
        Cgroup v2 = find(root, Version.V2, membership(memberships, ""), mount(mounts, "cgroup2", null));
        if (v2 != null) {
            return Optional.of(v2);
        }
        return Optional.ofNullable(
                find(root, Version.V1, membership(memberships, "memory"), mount(mounts, "cgroup", "memory")));
    }

    /**
     * How many bytes may still be taken before the tightest limit of this group and its ancestors is reached. File pages
     * that are inactive do not count as used: the kernel drops them first.
     *
     * @return empty where nothing limits
     */
    public Optional<Headroom> headroom() throws IOException {
        Headroom tightest = null;
        for (Path group : groups) {
            Headroom here = headroomOf(group);
            if (here != null && (tightest == null || here.freeBytes() < tightest.freeBytes())) {
                tightest = here;
            }
        }
        return Optional.ofNullable(tightest);
    }

    /**
     * The state of the tightest limit.
     *
     * @param limitBytes the limit: memory.max, or memory.high where that is lower (from there on the kernel slows the
     *     group down)
     * @param freeBytes what may still be taken; 0 or more
     */
    public record Headroom(long limitBytes, long freeBytes) {}

    private @Nullable Headroom headroomOf(Path group) throws IOException {
        long limit = Math.min(
                KernelFile.readLimit(group.resolve(version.limitFile)).orElse(Long.MAX_VALUE),
                KernelFile.readLimit(group.resolve(version.throttleFile)).orElse(Long.MAX_VALUE));
        OptionalLong usage = KernelFile.readLimit(group.resolve(version.usageFile));
        if (limit >= V1_NO_LIMIT || usage.isEmpty()) {
            return null;
        }
        long droppable = KernelFile.readStat(group.resolve("memory.stat"), version.inactiveFileKey)
                .orElse(0);
        long used = Math.max(0, usage.getAsLong() - droppable);
        return new Headroom(limit, Math.max(0, limit - used));
    }

    /** This group and its ancestors that can limit memory, or null where there are none. */
    private static @Nullable Cgroup find(
            Path root, Version version, @Nullable String membership, @Nullable Mount mount) {
        if (membership == null || mount == null) {
            return null;
        }
        Path top = root.resolve(mount.mountPoint().substring(1));
        Path group = top.resolve(mount.relative(membership)).normalize();
        if (!group.startsWith(top) || !Files.isDirectory(group)) {
            // Inside a container the path of /proc/self/cgroup may be that of the host; the mount is then the group.
            group = top;
        }
        List<Path> groups = new ArrayList<>();
        for (Path at = group; at != null && at.startsWith(top); at = at.getParent()) {
            if (Files.exists(at.resolve(version.usageFile))) {
                groups.add(at);
            }
        }
        return groups.isEmpty() ? null : new Cgroup(version, groups);
    }

    /** The path of the line {@code ID:CONTROLLERS:PATH} whose controllers have the given one; "" is version 2. */
    private static @Nullable String membership(List<String> lines, String controller) {
        for (String line : lines) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && List.of(parts[1].split(",", -1)).contains(controller)) {
                return parts[2];
            }
        }
        return null;
    }

    private record Mount(String rootInHierarchy, String mountPoint) {
        /** The path below the mount point, without leading slash, of a group of the hierarchy. */
        String relative(String group) {
            String below = rootInHierarchy.equals("/") || !group.startsWith(rootInHierarchy)
                    ? group
                    : group.substring(rootInHierarchy.length());
            return below.startsWith("/") ? below.substring(1) : below;
        }
    }

    /** Finds the mount in the lines of proc_pid_mountinfo(5): {@code ID PARENT DEV ROOT POINT OPTIONS … - TYPE SOURCE OPTIONS}. */
    private static @Nullable Mount mount(List<String> lines, String type, @Nullable String superOption) {
        for (String line : lines) {
            int separator = line.indexOf(" - ");
            if (separator < 0) {
                continue;
            }
            String[] fields = line.substring(0, separator).split(" ", -1);
            String[] filesystem = line.substring(separator + 3).split(" ", -1);
            boolean matches = fields.length >= 5
                    && filesystem.length >= 3
                    && filesystem[0].equals(type)
                    && (superOption == null
                            || List.of(filesystem[2].split(",", -1)).contains(superOption));
            if (matches) {
                return new Mount(fields[3], fields[4]);
            }
        }
        return null;
    }
}
