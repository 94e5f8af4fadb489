// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import io.github.cramdisk.api.volume.SizeLimit;
import io.github.cramdisk.api.volume.TmpfsChange;
import io.github.cramdisk.api.volume.TmpfsQuota;
import io.github.cramdisk.api.volume.TmpfsSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Options of a tmpfs as the kernel reads them; see tmpfs(5) and {@code shmem_parse_one} in the kernel's mm/shmem.c. Sizes
 * are whole bytes always.
 */
final class TmpfsOptions {
    private static final String NOSWAP = "noswap";

    private final List<MountOption> options = new ArrayList<>();
    private final long ramBytes;

    private TmpfsOptions(long ramBytes) {
        this.ramBytes = ramBytes;
    }

    /**
     * Of a tmpfs to be mounted; its root belongs to {@code caller} where the specification names nobody.
     *
     * @param ramBytes memory of the machine, of which a size may be a share
     */
    static List<MountOption> of(TmpfsSpec spec, Caller caller, long ramBytes) {
        TmpfsOptions all = new TmpfsOptions(ramBytes);
        all.size(spec.size());
        all.add("nr_inodes", spec.inodes());
        all.add("mode", spec.mode());
        all.add("uid", spec.uid() == null ? caller.uid() : spec.uid());
        all.add("gid", spec.gid() == null ? caller.gid() : spec.gid());
        all.add("huge", spec.huge() == null ? null : spec.huge().text());
        all.add("mpol", spec.memoryPolicy());
        all.flag(NOSWAP, spec.noswap());
        all.flag(spec.inodeWidth() == null ? "" : spec.inodeWidth().text(), spec.inodeWidth() != null);
        if (spec.quota() != null) {
            all.quota(spec.quota());
        }
        if (spec.casefold() != null) {
            all.add("casefold", spec.casefold().isEmpty() ? null : spec.casefold());
            all.flag("casefold", spec.casefold().isEmpty());
        }
        all.flag("strict_encoding", spec.strictEncoding());
        return all.options;
    }

    /**
     * Of a tmpfs to be changed.
     *
     * @param noswap as it was mounted, which must be said again; none at all where nothing else changes
     */
    static List<MountOption> of(TmpfsChange change, boolean noswap, long ramBytes) {
        TmpfsOptions all = new TmpfsOptions(ramBytes);
        all.size(change.size());
        all.add("nr_inodes", change.inodes());
        all.add("huge", change.huge() == null ? null : change.huge().text());
        all.add("mpol", change.memoryPolicy());
        all.flag(change.inodeWidth() == null ? "" : change.inodeWidth().text(), change.inodeWidth() != null);
        boolean reconfigures = !all.options.isEmpty()
                || change.flags().lazytime() != null
                || change.flags().readOnly() != null;
        all.flag(NOSWAP, noswap && reconfigures);
        return all.options;
    }

    private void quota(TmpfsQuota quota) {
        flag("usrquota", quota.users());
        flag("grpquota", quota.groups());
        add(
                "usrquota_block_hardlimit",
                quota.userBlocks() == null ? null : quota.userBlocks().bytes());
        add("usrquota_inode_hardlimit", quota.userInodes());
        add(
                "grpquota_block_hardlimit",
                quota.groupBlocks() == null ? null : quota.groupBlocks().bytes());
        add("grpquota_inode_hardlimit", quota.groupInodes());
    }

    private void size(@Nullable SizeLimit size) {
        add("size", size == null ? null : size.kernelBytes(ramBytes));
    }

    private void add(String key, @Nullable Object value) {
        if (value != null) {
            options.add(MountOption.of(key, value));
        }
    }

    private void flag(String key, boolean on) {
        if (on) {
            options.add(MountOption.flag(key));
        }
    }
}
