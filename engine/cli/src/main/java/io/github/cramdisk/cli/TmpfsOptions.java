// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.FileMode;
import io.github.cramdisk.api.volume.HugePages;
import io.github.cramdisk.api.volume.InodeWidth;
import io.github.cramdisk.api.volume.MemoryPolicy;
import io.github.cramdisk.api.volume.MountFlagsChange;
import io.github.cramdisk.api.volume.PrincipalId;
import io.github.cramdisk.api.volume.SizeLimit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that a tmpfs takes when it is mounted and later; see tmpfs(5). */
final class TmpfsOptions {
    @Option(
            names = "--size",
            paramLabel = "SIZE",
            description = "Most it may hold: a size such as 512M or 1.5G, a share of the memory such as 50%% or 1/4, "
                    + "or unlimited. Default: half of the memory.")
    private @Nullable SizeLimit size;

    @Option(names = "--blocks", paramLabel = "N", description = "The same in pages of memory (nr_blocks).")
    private @Nullable Long blocks;

    @Option(
            names = "--inodes",
            paramLabel = "N",
            description = "Most files and directories; 0 or unlimited for no limit.",
            converter = Inodes.Converter.class)
    private @Nullable Inodes inodes;

    @Option(names = "--mode", paramLabel = "MODE", description = "Permissions of its root directory, such as 1777.")
    private @Nullable FileMode mode;

    @Option(
            names = {"--uid", "--owner"},
            paramLabel = "USER",
            converter = Principals.User.class,
            description = "Owner of its root directory, by name or number.")
    private @Nullable PrincipalId uid;

    @Option(
            names = {"--gid", "--group"},
            paramLabel = "GROUP",
            converter = Principals.Group.class,
            description = "Group of its root directory, by name or number.")
    private @Nullable PrincipalId gid;

    @Option(
            names = "--huge",
            paramLabel = "WHEN",
            description = "Huge pages: never, always, within_size or advise. Default: never.")
    private @Nullable HugePages huge;

    @Option(
            names = "--mpol",
            paramLabel = "POLICY",
            description = "NUMA nodes for its pages: default, local, prefer:NODE, bind:NODES, interleave[:NODES], "
                    + "with =static or =relative after the word. NODES such as 0-3,5.")
    private @Nullable MemoryPolicy mpol;

    @Option(names = "--inode32", description = "Inode numbers of 32 bits, for old programs.")
    private boolean inode32;

    @Option(names = "--inode64", description = "Inode numbers of 64 bits.")
    private boolean inode64;

    @Option(
            names = {"-o", "--options"},
            paramLabel = "LIST",
            description = "Options of every mount, comma-separated: ro, noexec, noatime, nodiratime, nosymfollow, "
                    + "lazytime, suid, dev and their opposites. nosuid and nodev are the default.")
    private String options = "";

    /** A number of files, where 0 means no limit to the kernel. */
    record Inodes(long count) {
        /** Reads a number or {@code unlimited}. */
        static final class Converter implements picocli.CommandLine.ITypeConverter<Inodes> {
            @Override
            public Inodes convert(String text) {
                return new Inodes(text.toLowerCase(Locale.ROOT).equals("unlimited") ? 0 : Long.parseLong(text));
            }
        }
    }

    @Nullable
    SizeLimit size() {
        if (blocks == null) {
            return size;
        }
        if (size != null) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ARGUMENT, "--size and --blocks are two words for one limit. Give one of them.");
        }
        if (blocks < 0 || blocks > Long.MAX_VALUE / PageSize.bytes()) {
            throw new CramdiskException(ErrorKind.INVALID_SIZE_LIMIT, blocks + " blocks");
        }
        return blocks == 0 ? SizeLimit.unlimited() : SizeLimit.of(new ByteSize(blocks * PageSize.bytes()));
    }

    @Nullable
    Long inodes() {
        return inodes == null ? null : inodes.count();
    }

    @Nullable
    FileMode mode() {
        return mode;
    }

    @Nullable
    Long uid() {
        return PrincipalId.idOf(uid);
    }

    @Nullable
    Long gid() {
        return PrincipalId.idOf(gid);
    }

    @Nullable
    HugePages huge() {
        return huge;
    }

    @Nullable
    MemoryPolicy memoryPolicy() {
        return mpol;
    }

    @Nullable
    InodeWidth inodeWidth() {
        if (inode32 && inode64) {
            throw new CramdiskException(ErrorKind.INVALID_ARGUMENT, "--inode32 and --inode64 exclude each other.");
        }
        return inode32 ? InodeWidth.INODE32 : inode64 ? InodeWidth.INODE64 : null;
    }

    MountFlagsChange flags() {
        return MountFlagsChange.parse(options);
    }
}
