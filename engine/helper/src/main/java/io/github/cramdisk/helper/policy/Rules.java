// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.policy;

import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceUse;
import io.github.cramdisk.api.volume.MountFlags;
import io.github.cramdisk.api.volume.MountFlagsChange;
import io.github.cramdisk.api.volume.SizeLimit;
import io.github.cramdisk.api.volume.TmpfsChange;
import io.github.cramdisk.api.volume.TmpfsSpec;
import io.github.cramdisk.api.volume.ZramAlgorithm;
import io.github.cramdisk.api.volume.ZramSpec;
import io.github.cramdisk.host.verb.Caller;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which wishes are ordinary: harmless to everybody but the caller, whatever else is in them. All others need an
 * administrator's word. Whose the mount point is, is judged later, on the open directory.
 */
final class Rules {
    private static final String DICTIONARY = "dict";

    private Rules() {}

    /** No set-id bits, no device files, nothing that belongs to others, a limit within the machine's memory. */
    static boolean isOrdinary(TmpfsSpec spec, Caller caller, long ramBytes) {
        return isOrdinary(spec.flags())
                && isOwn(spec.uid(), spec.gid(), caller)
                && (spec.size() == null || isWithin(spec.size(), ramBytes))
                && isLimited(spec.inodes());
    }

    /** As for the first mount; a change cannot make more of it. */
    static boolean isOrdinary(TmpfsChange change, Caller caller, long ramBytes) {
        return isOrdinary(change.flags())
                && isOwn(change.uid(), change.gid(), caller)
                && (change.size() == null || isWithin(change.size(), ramBytes))
                && isLimited(change.inodes());
    }

    /**
     * A dictionary is a file that the kernel reads with the rights of root; a backing device is overwritten, and what is
     * in memory leaves the machine with it.
     */
    static boolean isOrdinary(ZramSpec spec, Caller caller) {
        return isOrdinary(spec.use(), caller)
                && spec.backingDevice() == null
                && Stream.concat(Stream.ofNullable(spec.algorithm()), spec.recompression().stream())
                        .map(ZramAlgorithm::parameters)
                        .noneMatch(parameters -> parameters.containsKey(DICTIONARY));
    }

    /** Bare devices and swap have nothing that could belong to others. */
    static boolean isOrdinary(@Nullable DeviceUse use, Caller caller) {
        return !(use instanceof DeviceFilesystem filesystem)
                || (isOrdinary(filesystem.flags()) && isOwn(filesystem.uid(), filesystem.gid(), caller));
    }

    private static boolean isOrdinary(MountFlags flags) {
        return !flags.suid() && !flags.dev();
    }

    private static boolean isOrdinary(MountFlagsChange flags) {
        return !Boolean.TRUE.equals(flags.suid()) && !Boolean.TRUE.equals(flags.dev());
    }

    private static boolean isOwn(@Nullable Long uid, @Nullable Long gid, Caller caller) {
        return (uid == null || uid == caller.uid()) && (gid == null || caller.isIn(gid));
    }

    static boolean isWithin(SizeLimit size, long ramBytes) {
        long bytes = size.kernelBytes(ramBytes);
        return bytes != SizeLimit.KERNEL_UNLIMITED && bytes <= ramBytes;
    }

    /** Files without content cost memory of the kernel that no size counts. */
    private static boolean isLimited(@Nullable Long inodes) {
        return inodes == null || (inodes > 0 && inodes <= MOST_INODES);
    }

    /** About 16 GiB of kernel memory at worst, and more than anybody's build has files. */
    private static final long MOST_INODES = 16_000_000;
}
