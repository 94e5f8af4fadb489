// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.mount;

import io.github.cramdisk.host.syscall.DeviceNumber;
import io.github.cramdisk.host.syscall.FileCalls;
import io.github.cramdisk.host.syscall.FileStatus;
import io.github.cramdisk.host.syscall.KernelException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the files of a filesystem in memory take, added up one by one as du(1) does: for what the kernel does not tell of
 * the whole. That is the use of a ramfs and of a tmpfs without limit, of which statfs(2) says 0, and the part of any
 * tmpfs that lies in swap.
 *
 * @param bytes of the files that can be seen, in memory or in swap; open files that were deleted are not among them
 * @param swappedBytes the part of these that lies in swap; null where it was not asked for, where some file may not be
 *     opened, and before Linux 6.5
 * @param files files and directories counted
 * @param complete false where there were too many, or some directory may not be entered
 */
public record TreeUse(long bytes, @Nullable Long swappedBytes, long files, boolean complete) {
    /** Of a filesystem that could not be looked at. */
    public static final TreeUse UNKNOWN = new TreeUse(0, null, 0, false);

    /**
     * Adds up one filesystem, without what is mounted below it.
     *
     * @param mountPoint where it is mounted
     * @param mostFiles where to stop, 1 or more
     * @param pageBytes the size of a page where the part in swap is wanted too, else 0
     * @throws IOException when the mount point itself cannot be looked at
     */
    public static TreeUse of(Path mountPoint, long mostFiles, int pageBytes) throws IOException {
        Walk walk = new Walk(FileCalls.statusOf(mountPoint.toString()).device(), mostFiles, pageBytes);
        Files.walkFileTree(mountPoint, walk);
        boolean swapKnown = pageBytes > 0 && walk.complete && walk.swapTold;
        return new TreeUse(walk.bytes, swapKnown ? walk.swappedBytes : null, walk.files, walk.complete);
    }

    private static final class Walk extends SimpleFileVisitor<Path> {
        private final DeviceNumber device;
        private final long mostFiles;
        private final int pageBytes;
        /** A file with several names counts once. */
        private final Set<Long> seen = new HashSet<>();

        private long bytes;
        private long files;
        private boolean complete = true;
        private long swappedBytes;
        private boolean swapTold = true;

        Walk(DeviceNumber device, long mostFiles, int pageBytes) {
            this.device = device;
            this.mostFiles = mostFiles;
            this.pageBytes = pageBytes;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return visit(directory);
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            return visit(file);
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            complete = false;
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
            complete &= e == null;
            return FileVisitResult.CONTINUE;
        }

        private FileVisitResult visit(Path path) {
            if (files == mostFiles) {
                complete = false;
                return FileVisitResult.TERMINATE;
            }
            try {
                FileStatus status = FileCalls.linkStatusOf(path.toString());
                if (!status.device().equals(device)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                if (seen.add(status.inode())) {
                    bytes += status.allocatedBytes();
                    files++;
                    if (pageBytes > 0 && swapTold && status.isRegularFile() && status.allocatedBytes() > 0) {
                        addSwapped(path);
                    }
                }
            } catch (KernelException e) {
                // Deleted meanwhile.
                complete = false;
            }
            return FileVisitResult.CONTINUE;
        }

        private void addSwapped(Path file) {
            try {
                swappedBytes += FileCalls.swappedBytes(file.toString(), pageBytes);
            } catch (KernelException e) {
                // It may not be opened, or this kernel cannot tell.
                swapTold = false;
            }
        }
    }
}
