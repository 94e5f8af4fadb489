// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import org.jspecify.annotations.Nullable;

/**
 * Changes to a mounted tmpfs; null leaves an option as it is. Mode, owner and group are set by chmod(2) and chown(2),
 * because the kernel accepts them on a remount and ignores them.
 *
 * @param noswap only to be told that it cannot change; see {@link #check}
 * @param quota only to be told that it cannot change
 */
public record TmpfsChange(
        String target,
        @Nullable SizeLimit size,
        @Nullable Long inodes,
        @Nullable FileMode mode,
        @Nullable Long uid,
        @Nullable Long gid,
        @Nullable HugePages huge,
        @Nullable MemoryPolicy memoryPolicy,
        @Nullable Boolean noswap,
        @Nullable InodeWidth inodeWidth,
        @Nullable Boolean quota,
        MountFlagsChange flags) {
    /**
     * @throws CramdiskException {@link ErrorKind#INVALID_TARGET}, {@link ErrorKind#INVALID_TMPFS_OPTION} or
     *     {@link ErrorKind#INVALID_ARGUMENT}
     */
    public TmpfsChange {
        MountTarget.check(target);
        TmpfsSpec.checkInodes(inodes);
        UserIds.check("user", uid);
        UserIds.check("group", gid);
    }

    /** A new size and nothing else. */
    public static TmpfsChange resize(String target, SizeLimit size) {
        return new TmpfsChange(
                target, size, null, null, null, null, null, null, null, null, null, MountFlagsChange.NONE);
    }

    /** From the wire: everything but the target may be left out. */
    @JsonCreator
    static TmpfsChange fromProperties(
            @JsonProperty(value = "target", required = true) String target,
            @JsonProperty("size") @Nullable SizeLimit size,
            @JsonProperty("inodes") @Nullable Long inodes,
            @JsonProperty("mode") @Nullable FileMode mode,
            @JsonProperty("uid") @Nullable Long uid,
            @JsonProperty("gid") @Nullable Long gid,
            @JsonProperty("huge") @Nullable HugePages huge,
            @JsonProperty("memoryPolicy") @Nullable MemoryPolicy memoryPolicy,
            @JsonProperty("noswap") @Nullable Boolean noswap,
            @JsonProperty("inodeWidth") @Nullable InodeWidth inodeWidth,
            @JsonProperty("quota") @Nullable Boolean quota,
            @JsonProperty("flags") @Nullable MountFlagsChange flags) {
        return new TmpfsChange(
                target,
                size,
                inodes,
                mode,
                uid,
                gid,
                huge,
                memoryPolicy,
                noswap,
                inodeWidth,
                quota,
                flags == null ? MountFlagsChange.NONE : flags);
    }

    /**
     * Refuses what the kernel would refuse with a bare "invalid argument", or accept and ignore. The rules are those of
     * {@code shmem_reconfigure} in the kernel's {@code mm/shmem.c}.
     *
     * @param ramBytes all memory of the machine
     * @throws CramdiskException {@link ErrorKind#TMPFS_CANNOT_CHANGE} or {@link ErrorKind#SIZE_TOO_SMALL_FOR_USED}
     */
    public void check(TmpfsState state, long ramBytes) {
        if (noswap != null && noswap != state.noswap()) {
            throw cannot(
                    state.noswap()
                            ? "it was mounted with noswap, and that stays until it is unmounted"
                            : "noswap can be set only when it is mounted");
        }
        if (quota != null && quota != state.quota()) {
            throw cannot("quota is fixed when it is mounted");
        }
        if (size != null) {
            checkSize(size.kernelBytes(ramBytes), state);
        }
        if (inodes != null) {
            checkInodes(inodes, state);
        }
    }

    private void checkSize(long wanted, TmpfsState state) {
        if (wanted == SizeLimit.KERNEL_UNLIMITED) {
            return;
        }
        if (state.sizeBytes() == null) {
            throw cannot("it was made unlimited, and the kernel sets no limit on such a tmpfs any more");
        }
        if (wanted < state.usedBytes()) {
            throw new CramdiskException(
                    ErrorKind.SIZE_TOO_SMALL_FOR_USED,
                    target,
                    new ByteSize(state.usedBytes()).format(),
                    new ByteSize(wanted).format(),
                    new ByteSize(state.usedBytes()).formatExact());
        }
    }

    private void checkInodes(long wanted, TmpfsState state) {
        if (wanted == 0) {
            return;
        }
        if (state.inodes() == null) {
            throw cannot("its number of files was made unlimited, and the kernel sets no limit on it any more");
        }
        if (wanted < state.usedInodes()) {
            throw cannot("it holds " + state.usedInodes() + " files and directories, more than " + wanted);
        }
    }

    private CramdiskException cannot(String reason) {
        return new CramdiskException(ErrorKind.TMPFS_CANNOT_CHANGE, target, reason);
    }
}
