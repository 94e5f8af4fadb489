// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import io.github.cramdisk.api.volume.Atime;
import io.github.cramdisk.api.volume.MountFlags;
import io.github.cramdisk.api.volume.MountFlagsChange;
import io.github.cramdisk.host.mount.MountEntry;
import io.github.cramdisk.host.syscall.MountAttribute;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Flags of a mount as bits: for fsmount(2) and mount_setattr(2), and for mount(2). */
final class FlagBits {
    private static final long MS_RDONLY = 0x1;
    private static final long MS_NOSUID = 0x2;
    private static final long MS_NODEV = 0x4;
    private static final long MS_NOEXEC = 0x8;
    private static final long MS_NOSYMFOLLOW = 0x100;
    private static final long MS_NOATIME = 0x400;
    private static final long MS_NODIRATIME = 0x800;
    private static final long MS_RELATIME = 1 << 21;
    private static final long MS_STRICTATIME = 1 << 24;
    private static final long MS_LAZYTIME = 1 << 25;

    private FlagBits() {}

    /** Bits of {@link MountAttribute} to set and to clear. */
    record Change(int set, int clear) {
        boolean isEmpty() {
            return set == 0 && clear == 0;
        }
    }

    /** All flags but lazytime, which is one of the filesystem. */
    static int attributes(MountFlags flags) {
        return bit(flags.readOnly(), MountAttribute.RDONLY)
                | bit(!flags.suid(), MountAttribute.NOSUID)
                | bit(!flags.dev(), MountAttribute.NODEV)
                | bit(flags.noexec(), MountAttribute.NOEXEC)
                | bit(flags.nodiratime(), MountAttribute.NODIRATIME)
                | bit(flags.nosymfollow(), MountAttribute.NOSYMFOLLOW)
                | attribute(flags.atime());
    }

    static Change change(MountFlagsChange change) {
        int set = 0;
        int clear = 0;
        List<Switch> switches = List.of(
                new Switch(change.readOnly(), MountAttribute.RDONLY),
                new Switch(negated(change.suid()), MountAttribute.NOSUID),
                new Switch(negated(change.dev()), MountAttribute.NODEV),
                new Switch(change.noexec(), MountAttribute.NOEXEC),
                new Switch(change.nodiratime(), MountAttribute.NODIRATIME),
                new Switch(change.nosymfollow(), MountAttribute.NOSYMFOLLOW));
        for (Switch one : switches) {
            if (one.on() != null) {
                set |= one.on() ? one.bit() : 0;
                clear |= one.on() ? 0 : one.bit();
            }
        }
        if (change.atime() != null) {
            set |= attribute(change.atime());
            clear |= MountAttribute.ATIME_MASK;
        }
        return new Change(set, clear);
    }

    /** For mount(2), lazytime included. */
    static long old(MountFlags flags) {
        long atime = switch (flags.atime()) {
            case RELATIME -> MS_RELATIME;
            case NOATIME -> MS_NOATIME;
            case STRICTATIME -> MS_STRICTATIME;
        };
        return bit(flags.readOnly(), MS_RDONLY)
                | bit(!flags.suid(), MS_NOSUID)
                | bit(!flags.dev(), MS_NODEV)
                | bit(flags.noexec(), MS_NOEXEC)
                | bit(flags.nodiratime(), MS_NODIRATIME)
                | bit(flags.nosymfollow(), MS_NOSYMFOLLOW)
                | bit(flags.lazytime(), MS_LAZYTIME)
                | atime;
    }

    /** The flags that a mount has now. */
    static MountFlags of(MountEntry entry) {
        List<String> options = entry.options();
        Atime atime = options.contains("noatime")
                ? Atime.NOATIME
                : options.contains("relatime") ? Atime.RELATIME : Atime.STRICTATIME;
        return new MountFlags(
                options.contains("ro"),
                !options.contains("nosuid"),
                !options.contains("nodev"),
                options.contains("noexec"),
                atime,
                options.contains("nodiratime"),
                options.contains("nosymfollow"),
                entry.hasSuperOption("lazytime"));
    }

    /** What takes a change back. */
    static MountFlagsChange restore(MountFlags before) {
        return new MountFlagsChange(
                before.readOnly(),
                before.suid(),
                before.dev(),
                before.noexec(),
                before.atime(),
                before.nodiratime(),
                before.nosymfollow(),
                null);
    }

    private record Switch(@Nullable Boolean on, int bit) {}

    private static @Nullable Boolean negated(@Nullable Boolean value) {
        return value == null ? null : !value;
    }

    private static int attribute(Atime atime) {
        return switch (atime) {
            case RELATIME -> 0;
            case NOATIME -> MountAttribute.NOATIME;
            case STRICTATIME -> MountAttribute.STRICTATIME;
        };
    }

    private static int bit(boolean on, int bit) {
        return on ? bit : 0;
    }

    private static long bit(boolean on, long bit) {
        return on ? bit : 0;
    }
}
