// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.volume.Atime;
import io.github.cramdisk.api.volume.MountFlags;
import io.github.cramdisk.api.volume.SizeLimit;
import io.github.cramdisk.api.volume.TmpfsSpec;
import java.util.ArrayList;
import java.util.List;

/** A tmpfs as container engines take it: fewer options, and others than the kernel's own by default. Without state. */
final class ContainerTmpfs {
    private ContainerTmpfs() {}

    /** Notes that a volume is none that a container can have. */
    static void noteOther(ConfigVolume volume, Notes notes) {
        if (volume instanceof ConfigVolume.Tmpfs) {
            return;
        }
        notes.leftOut(volume, "A container can be given a tmpfs only.", ConfigFormat.SHELL);
    }

    /**
     * The options of {@code --tmpfs} and of {@code tmpfs:} in compose.yaml; see MergeTmpfsOptions of moby's
     * pkg/mount. Without {@code exec} a container's tmpfs is {@code noexec}.
     */
    static List<String> options(ConfigVolume.Tmpfs volume, Notes notes) {
        TmpfsSpec spec = volume.spec();
        MountFlags flags = spec.flags();
        List<String> words = new ArrayList<>();
        words.add(flags.readOnly() ? "ro" : "rw");
        words.add(flags.noexec() ? "noexec" : "exec");
        if (flags.suid()) {
            words.add("suid");
        }
        if (flags.dev()) {
            words.add("dev");
        }
        if (flags.atime() != Atime.RELATIME) {
            words.add(flags.atime().text());
        }
        if (flags.nodiratime()) {
            words.add("nodiratime");
        }
        if (spec.size() != null) {
            words.add("size=" + MountText.size(volume, spec.size(), notes));
        }
        if (spec.inodes() != null) {
            words.add("nr_inodes=" + spec.inodes());
        }
        if (spec.mode() != null) {
            words.add("mode=" + spec.mode());
        }
        if (spec.uid() != null) {
            words.add("uid=" + spec.uid());
        }
        if (spec.gid() != null) {
            words.add("gid=" + spec.gid());
        }
        noteLost(volume, notes);
        return words;
    }

    private static void noteLost(ConfigVolume.Tmpfs volume, Notes notes) {
        List<String> lost = fewLost(volume.spec());
        if (volume.spec().flags().nosymfollow()) {
            lost.add("nosymfollow");
        }
        if (volume.spec().flags().lazytime()) {
            lost.add("lazytime");
        }
        note(volume, lost, notes);
    }

    /** What no container engine lets set. */
    static List<String> fewLost(TmpfsSpec spec) {
        List<String> lost = new ArrayList<>();
        if (spec.huge() != null) {
            lost.add("huge");
        }
        if (spec.memoryPolicy() != null) {
            lost.add("mpol");
        }
        if (spec.noswap()) {
            lost.add("noswap");
        }
        if (spec.inodeWidth() != null) {
            lost.add(spec.inodeWidth().text());
        }
        if (spec.quota() != null) {
            lost.add("quota");
        }
        if (spec.casefold() != null) {
            lost.add("casefold");
        }
        return lost;
    }

    static void note(ConfigVolume volume, List<String> lost, Notes notes) {
        if (!lost.isEmpty()) {
            notes.changed(volume, "A container cannot be given: " + String.join(", ", lost) + ".", ConfigFormat.FSTAB);
        }
    }

    /** The bytes of a limit where the format takes nothing else; 0 for none. */
    static long bytes(ConfigVolume.Tmpfs volume, RenderContext context, Notes notes) {
        var size = volume.spec().size();
        if (size instanceof SizeLimit.Share share) {
            if (context.ramBytes() == 0) {
                notes.changed(volume, "A share of the memory cannot be written, so there is no limit.", null);
                return 0;
            }
            notes.changed(
                    volume,
                    share + " of the memory is written as what it is on this machine; on another it is another share.",
                    ConfigFormat.FSTAB);
        }
        return size == null ? 0 : size.kernelBytes(context.ramBytes());
    }
}
