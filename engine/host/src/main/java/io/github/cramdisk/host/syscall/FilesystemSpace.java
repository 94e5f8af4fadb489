// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.syscall;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Space and inodes of a mounted filesystem, by statfs(2).
 *
 * @param sizeBytes 0: the filesystem has no limit (ramfs, tmpfs with size=0)
 * @param availableBytes free for others than root
 * @param inodes 0: no limit
 */
public record FilesystemSpace(long sizeBytes, long usedBytes, long availableBytes, long inodes, long usedInodes) {

    /** struct statfs where {@code long} has 64 bits: type, bsize, blocks, bfree, bavail, files, ffree, 8 bytes each. */
    static final class Layout {
        static final int BYTES = 120;
        static final int BLOCK_BYTES = 8;
        static final int BLOCKS = 16;
        static final int FREE_BLOCKS = 24;
        static final int AVAILABLE_BLOCKS = 32;
        static final int FILES = 40;
        static final int FREE_FILES = 48;

        private Layout() {}
    }

    static FilesystemSpace of(byte[] struct) {
        ByteBuffer fields = ByteBuffer.wrap(struct).order(ByteOrder.nativeOrder());
        long block = fields.getLong(Layout.BLOCK_BYTES);
        long blocks = fields.getLong(Layout.BLOCKS);
        long files = fields.getLong(Layout.FILES);
        return new FilesystemSpace(
                blocks * block,
                (blocks - fields.getLong(Layout.FREE_BLOCKS)) * block,
                fields.getLong(Layout.AVAILABLE_BLOCKS) * block,
                files,
                files - fields.getLong(Layout.FREE_FILES));
    }
}
