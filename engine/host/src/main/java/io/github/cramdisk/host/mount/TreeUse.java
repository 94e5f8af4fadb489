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
 * What the files of a filesystem take, added up one by one as du(1) does: for those that do not count by themselves, a
 * ramfs and a tmpfs without limit, of which statfs(2) says 0.
 *
 * @param bytes memory of the files that can be seen; open files that were deleted are not among them
 * @param files files and directories counted
 * @param complete false where there were too many, or some directory may not be entered
 */
public record TreeUse(long bytes, long files, boolean complete) {
    /**
     * Adds up one filesystem, without what is mounted below it.
     *
     * @param mountPoint where it is mounted
     * @param mostFiles where to stop, 1 or more
     * @throws IOException when the mount point itself cannot be looked at
     */
    public static TreeUse of(Path mountPoint, long mostFiles) throws IOException {
        Walk walk = new Walk(FileCalls.statusOf(mountPoint.toString()).device(), mostFiles);
        Files.walkFileTree(mountPoint, walk);
        return new TreeUse(walk.bytes, walk.files, walk.complete);
    }

    private static final class Walk extends SimpleFileVisitor<Path> {
        private final DeviceNumber device;
        private final long mostFiles;
        /** A file with several names counts once. */
        private final Set<Long> seen = new HashSet<>();

        private long bytes;
        private long files;
        private boolean complete = true;

        Walk(DeviceNumber device, long mostFiles) {
            this.device = device;
            this.mostFiles = mostFiles;
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
                }
            } catch (KernelException e) {
                // Deleted meanwhile.
                complete = false;
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
