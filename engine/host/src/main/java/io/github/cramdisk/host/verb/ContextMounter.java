// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import io.github.cramdisk.api.volume.MountFlagsChange;
import io.github.cramdisk.host.mount.MountEntry;
import io.github.cramdisk.host.syscall.Descriptor;
import io.github.cramdisk.host.syscall.Errno;
import io.github.cramdisk.host.syscall.FilesystemContext;
import io.github.cramdisk.host.syscall.KernelException;
import io.github.cramdisk.host.syscall.MountAttribute;
import io.github.cramdisk.host.syscall.MountCalls;
import java.util.List;

/** Mounts by fsopen(2), fsconfig(2), fsmount(2) and move_mount(2); changes by fspick(2) and mount_setattr(2). */
final class ContextMounter implements Mounter {
    /** Before Linux 5.12 there is no mount_setattr(2), while the rest is there. */
    private final OldMounter fallback = new OldMounter();

    static boolean isSupported() {
        try {
            FilesystemContext.open("tmpfs").close();
            return true;
        } catch (KernelException e) {
            // A filter of system calls that is older than these answers EPERM, to root too.
            return e.errno() != Errno.ENOSYS && e.errno() != Errno.EPERM;
        }
    }

    @Override
    public MountedVolume mount(NewFilesystem filesystem, MountPoint target) throws KernelException {
        try (FilesystemContext context = FilesystemContext.open(filesystem.type())) {
            context.set("source", filesystem.source());
            if (filesystem.flags().lazytime()) {
                context.setFlag("lazytime");
            }
            configure(context, filesystem.options());
            context.create();
            try (Descriptor mount = context.mount(attributesAtFirst(filesystem))) {
                // Nobody else can see it yet: what fails from here on leaves nothing behind.
                RootDirectory.apply(mount, filesystem);
                if (isReadOnlyLater(filesystem)) {
                    MountCalls.changeAttributes(mount, MountAttribute.RDONLY, 0);
                }
                MountCalls.attach(mount, target.directory());
                return Identity.of(mount, target.path(), filesystem.type());
            }
        }
    }

    @Override
    public void changeFlags(Descriptor mountRoot, MountEntry now, MountFlagsChange change) throws KernelException {
        FlagBits.Change bits = FlagBits.change(change);
        if (bits.isEmpty()) {
            return;
        }
        try {
            MountCalls.changeAttributes(mountRoot, bits.set(), bits.clear());
        } catch (KernelException e) {
            if (e.errno() != Errno.ENOSYS) {
                throw e;
            }
            fallback.changeFlags(mountRoot, now, change);
        }
    }

    @Override
    public void changeOptions(Descriptor mountRoot, MountEntry now, List<MountOption> options, MountFlagsChange flags)
            throws KernelException {
        boolean makeWritable = Boolean.FALSE.equals(flags.readOnly()) && now.hasSuperOption("ro");
        if (options.isEmpty() && flags.lazytime() == null && !makeWritable) {
            return;
        }
        try (FilesystemContext context = FilesystemContext.pick(mountRoot)) {
            if (flags.lazytime() != null) {
                context.setFlag(flags.lazytime() ? "lazytime" : "nolazytime");
            }
            if (makeWritable) {
                context.setFlag("rw");
            }
            configure(context, options);
            context.reconfigure();
        }
    }

    private static void configure(FilesystemContext context, List<MountOption> options) throws KernelException {
        for (MountOption option : options) {
            try {
                if (option.value() == null) {
                    context.setFlag(option.key());
                } else {
                    context.set(option.key(), option.value());
                }
            } catch (KernelException e) {
                if (!option.optional() || e.errno() != Errno.EINVAL) {
                    throw e;
                }
            }
        }
    }

    /** The root directory of a read-only mount could not be given to its owner. */
    private static boolean isReadOnlyLater(NewFilesystem filesystem) {
        return filesystem.flags().readOnly() && (filesystem.owner() != null || filesystem.mode() != null);
    }

    private static int attributesAtFirst(NewFilesystem filesystem) {
        int attributes = FlagBits.attributes(filesystem.flags());
        return isReadOnlyLater(filesystem) ? attributes & ~MountAttribute.RDONLY : attributes;
    }
}
