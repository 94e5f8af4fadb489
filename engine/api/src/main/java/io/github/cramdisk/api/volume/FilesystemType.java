// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.util.Locale;
import java.util.regex.Pattern;

/** The filesystems that Cramdisk makes on a device. */
public enum FilesystemType {
    /** Label of 16 bytes: EXT2_LABEL_LEN. */
    EXT4(
            16,
            ByteSize.ofKibi(256),
            "data=(ordered|writeback|journal)|commit=[0-9]{1,5}|barrier=[01]|nobarrier|(no)?delalloc|(no)?auto_da_alloc"
                    + "|stripe=[0-9]{1,5}|inode_readahead_blks=[0-9]{1,6}|(no)?init_itable|noload|(no)?acl"
                    + "|(no)?user_xattr|errors=(continue|remount-ro)"),
    /** Label of 12 bytes; mkfs.xfs refuses devices below 300 MiB. */
    XFS(
            12,
            ByteSize.ofMebi(300),
            "inode(32|64)|logbufs=[2-8]|logbsize=(16|32|64|128|256)k|largeio|nolargeio|swalloc|noalign"
                    + "|allocsize=[0-9]{1,7}[km]?|noquota|nouuid"),
    /** Label of 255 bytes; the smallest with mixed block groups is 16 MiB, but mkfs.btrfs asks for 109 MiB. */
    BTRFS(
            255,
            ByteSize.ofMebi(114),
            "compress(-force)?=(zlib|lzo|zstd|no|none)(:[0-9]{1,2})?|(no)?datacow|(no)?datasum|commit=[0-9]{1,5}"
                    + "|(no)?autodefrag|(no)?ssd|(no)?barrier|(no)?acl|space_cache=v2|max_inline=[0-9]{1,5}");

    private final int labelBytes;
    private final long smallestBytes;
    private final Pattern options;

    FilesystemType(int labelBytes, ByteSize smallest, String options) {
        this.labelBytes = labelBytes;
        this.smallestBytes = smallest.bytes();
        this.options = Pattern.compile(options);
    }

    /** Longest label, in bytes. */
    public int labelBytes() {
        return labelBytes;
    }

    /** Smallest device it can be made on. */
    public ByteSize smallest() {
        return new ByteSize(smallestBytes);
    }

    /** Whether {@code option} is a mount option of this filesystem that harms nobody but its own data. */
    public boolean allows(String option) {
        return options.matcher(option).matches();
    }

    /** As mount(8) and mkfs(8) name it. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws CramdiskException {@link ErrorKind#INVALID_DEVICE_OPTION} */
    @JsonCreator
    public static FilesystemType parse(String text) {
        for (FilesystemType value : values()) {
            if (value.text().equals(text)) {
                return value;
            }
        }
        throw new CramdiskException(ErrorKind.INVALID_DEVICE_OPTION, "filesystem " + text, "Use ext4, xfs or btrfs.");
    }
}
