// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import io.github.cramdisk.api.volume.MountFlags;
import io.github.cramdisk.api.volume.MountFlagsChange;
import io.github.cramdisk.host.mount.MountEntry;
import io.github.cramdisk.host.syscall.Descriptor;
import io.github.cramdisk.host.syscall.Errno;
import io.github.cramdisk.host.syscall.FileCalls;
import io.github.cramdisk.host.syscall.KernelException;
import io.github.cramdisk.host.syscall.MountCalls;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Mounts by mount(2), for kernels before 5.2. Targets are still descriptors, by way of {@code /proc/self/fd}. Values
 * with a comma, which would be read as another option, are refused; only that of {@code mpol} may have some, because the
 * kernel reads it so.
 */
final class OldMounter implements Mounter {
    private static final long MS_REMOUNT = 0x20;
    private static final long MS_BIND = 0x1000;

    @Override
    public MountedVolume mount(NewFilesystem filesystem, MountPoint target) throws KernelException {
        long flags = FlagBits.old(filesystem.flags());
        try {
            mount(filesystem, target, flags, option -> true);
        } catch (KernelException e) {
            if (e.errno() != Errno.EINVAL || filesystem.options().stream().noneMatch(MountOption::optional)) {
                throw e;
            }
            mount(filesystem, target, flags, option -> !option.optional());
        }
        try (Undo undo = new Undo()) {
            undo.add("unmount " + target.path(), target::unmountTop);
            try (Descriptor mount = FileCalls.openDirectory(target.path())) {
                RootDirectory.apply(mount, filesystem);
                MountedVolume mounted = Identity.of(mount, target.path(), filesystem.type());
                undo.keep();
                return mounted;
            }
        }
    }

    @Override
    public void changeFlags(Descriptor mountRoot, MountEntry now, MountFlagsChange change) throws KernelException {
        MountFlags wanted = FlagBits.of(now).with(change);
        MountCalls.mountOld(null, null, mountRoot, MS_REMOUNT | MS_BIND | FlagBits.old(wanted), null);
    }

    @Override
    public void changeOptions(Descriptor mountRoot, MountEntry now, List<MountOption> options, MountFlagsChange flags)
            throws KernelException {
        if (options.isEmpty() && flags.lazytime() == null) {
            return;
        }
        // A remount sets the flags of the mount too, so they are said again as they are.
        MountFlags wanted = FlagBits.of(now).with(flags);
        MountCalls.mountOld(
                now.type(), null, mountRoot, MS_REMOUNT | FlagBits.old(wanted), text(options, option -> true));
    }

    private static void mount(
            NewFilesystem filesystem, MountPoint target, long flags, Predicate<MountOption> withOption)
            throws KernelException {
        MountCalls.mountOld(
                filesystem.type(),
                filesystem.source(),
                target.directory(),
                flags,
                text(filesystem.options(), withOption));
    }

    private static @Nullable String text(List<MountOption> options, Predicate<MountOption> with) {
        for (MountOption option : options) {
            boolean nodes = option.key().equals("mpol");
            if (option.text().indexOf(',') >= 0 && !nodes) {
                throw new IllegalArgumentException("an option with a comma: " + option.text());
            }
        }
        String text = options.stream().filter(with).map(MountOption::text).collect(Collectors.joining(","));
        return text.isEmpty() ? null : text;
    }
}
