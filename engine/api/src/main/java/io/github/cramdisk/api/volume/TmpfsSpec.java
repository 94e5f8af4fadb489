// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A tmpfs to be mounted, with every option of tmpfs(5); null leaves an option to the kernel.
 *
 * @param target mount point; see {@link MountTarget}
 * @param createTarget make the directory if it is missing
 * @param size most bytes; the kernel's default is half of the memory
 * @param inodes most files and directories, 0 for no limit; the kernel's default is one for each page of half the
 *     memory
 * @param mode of its root directory; the kernel's default is 1777
 * @param uid owner of its root directory
 * @param gid group of its root directory
 * @param noswap never swapped (Linux 6.4)
 * @param casefold version of Unicode for names without upper and lower case (Linux 6.13), such as
 *     {@code utf8-12.1.0}, or empty for the kernel's newest
 * @param strictEncoding refuse names that are not valid in that encoding; needs {@code casefold}
 * @param temporary not kept in the configuration: gone after the next start of the machine
 */
public record TmpfsSpec(
        String target,
        boolean createTarget,
        @Nullable SizeLimit size,
        @Nullable Long inodes,
        @Nullable FileMode mode,
        @Nullable Long uid,
        @Nullable Long gid,
        @Nullable HugePages huge,
        @Nullable MemoryPolicy memoryPolicy,
        boolean noswap,
        @Nullable InodeWidth inodeWidth,
        @Nullable TmpfsQuota quota,
        @Nullable String casefold,
        boolean strictEncoding,
        MountFlags flags,
        boolean temporary) {
    private static final Pattern ENCODING = Pattern.compile("|utf8-[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");

    /**
     * @throws CramdiskException {@link ErrorKind#INVALID_TARGET}, {@link ErrorKind#INVALID_TMPFS_OPTION} or
     *     {@link ErrorKind#INVALID_ARGUMENT}
     */
    public TmpfsSpec {
        MountTarget.check(target);
        checkInodes(inodes);
        UserIds.check("user", uid);
        UserIds.check("group", gid);
        if (casefold != null && !ENCODING.matcher(casefold).matches()) {
            throw new CramdiskException(
                    ErrorKind.INVALID_TMPFS_OPTION,
                    "casefold=" + casefold,
                    "Use casefold alone, or with a version such as utf8-12.1.0.");
        }
        if (strictEncoding && casefold == null) {
            throw new CramdiskException(
                    ErrorKind.INVALID_TMPFS_OPTION, "strict_encoding", "It needs casefold beside it.");
        }
    }

    /** With the kernel's defaults for all but the size, {@code nosuid} and {@code nodev}. */
    public static TmpfsSpec of(String target, SizeLimit size) {
        return new TmpfsSpec(
                target,
                false,
                size,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                null,
                null,
                null,
                false,
                MountFlags.DEFAULT,
                false);
    }

    /** From the wire or a file: everything but the target may be left out. */
    @JsonCreator
    static TmpfsSpec fromProperties(
            @JsonProperty(value = "target", required = true) String target,
            @JsonProperty("createTarget") boolean createTarget,
            @JsonProperty("size") @Nullable SizeLimit size,
            @JsonProperty("inodes") @Nullable Long inodes,
            @JsonProperty("mode") @Nullable FileMode mode,
            @JsonProperty("uid") @Nullable Long uid,
            @JsonProperty("gid") @Nullable Long gid,
            @JsonProperty("huge") @Nullable HugePages huge,
            @JsonProperty("memoryPolicy") @Nullable MemoryPolicy memoryPolicy,
            @JsonProperty("noswap") boolean noswap,
            @JsonProperty("inodeWidth") @Nullable InodeWidth inodeWidth,
            @JsonProperty("quota") @Nullable TmpfsQuota quota,
            @JsonProperty("casefold") @Nullable String casefold,
            @JsonProperty("strictEncoding") boolean strictEncoding,
            @JsonProperty("flags") @Nullable MountFlags flags,
            @JsonProperty("temporary") boolean temporary) {
        return new TmpfsSpec(
                target,
                createTarget,
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
                casefold,
                strictEncoding,
                flags == null ? MountFlags.DEFAULT : flags,
                temporary);
    }

    static void checkInodes(@Nullable Long inodes) {
        if (inodes != null && inodes < 0) {
            throw new CramdiskException(
                    ErrorKind.INVALID_TMPFS_OPTION, "nr_inodes=" + inodes, "Use 1 or more, or 0 for no limit.");
        }
    }

    /** The definition after {@code change} was carried out. */
    public TmpfsSpec with(TmpfsChange change) {
        return new TmpfsSpec(
                target,
                createTarget,
                change.size() == null ? size : change.size(),
                change.inodes() == null ? inodes : change.inodes(),
                change.mode() == null ? mode : change.mode(),
                change.uid() == null ? uid : change.uid(),
                change.gid() == null ? gid : change.gid(),
                change.huge() == null ? huge : change.huge(),
                change.memoryPolicy() == null ? memoryPolicy : change.memoryPolicy(),
                noswap,
                change.inodeWidth() == null ? inodeWidth : change.inodeWidth(),
                quota,
                casefold,
                strictEncoding,
                flags.with(change.flags()),
                temporary);
    }
}
