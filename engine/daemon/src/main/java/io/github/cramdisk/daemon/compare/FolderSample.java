// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.compare;

import io.github.cramdisk.api.compare.Comparison;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/** Files of a directory, in random order, up to a number of bytes. No link is followed, and what cannot be read is left out. */
final class FolderSample {
    private static final int SEEN_BETWEEN_PAUSES = 64;
    /** Directories, links and empty files count, too. */
    private static final int MOST_SEEN = 10 * Comparison.MOST_FILES;

    private final List<Path> files = new ArrayList<>();
    private long filesBytes;
    private int seen;

    /**
     * Looks what there is below the directory.
     *
     * @param pause called now and then; may throw to stop
     */
    FolderSample(Path directory, Runnable pause) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path entered, BasicFileAttributes attributes) {
                return next();
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && attributes.size() > 0) {
                    files.add(file);
                    filesBytes += attributes.size();
                }
                return next();
            }

            private FileVisitResult next() {
                if (seen++ % SEEN_BETWEEN_PAUSES == 0) {
                    pause.run();
                }
                return seen < MOST_SEEN && files.size() < Comparison.MOST_FILES
                        ? FileVisitResult.CONTINUE
                        : FileVisitResult.TERMINATE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path left, @Nullable IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        Collections.shuffle(files, new Random(filesBytes));
    }

    /** Length of all files that were seen. */
    long filesBytes() {
        return filesBytes;
    }

    /**
     * Copies files one behind the other.
     *
     * @param piece what is copied at a time
     * @param progress told the part that is done, 0 to 1; may throw to stop
     * @return bytes copied, a multiple of the length of {@code piece}: what is left over is cut off
     */
    long copyTo(FileChannel target, long mostBytes, ByteBuffer piece, DoubleConsumer progress) throws IOException {
        long wanted = Math.min(mostBytes, filesBytes) / piece.capacity() * piece.capacity();
        long done = 0;
        piece.clear();
        for (Path file : files) {
            if (done >= wanted) {
                break;
            }
            try (FileChannel source = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
                while (done < wanted && readable(source, piece)) {
                    if (!piece.hasRemaining()) {
                        piece.flip();
                        while (piece.hasRemaining()) {
                            done += target.write(piece, done);
                        }
                        piece.clear();
                        progress.accept((double) done / wanted);
                    }
                }
            } catch (FileSystemException e) {
                // Gone meanwhile, or not for this user.
            }
        }
        return done;
    }

    /** Whether there was more; a damaged file ends where it cannot be read. */
    private static boolean readable(FileChannel source, ByteBuffer piece) {
        try {
            return source.read(piece) >= 0;
        } catch (IOException e) {
            return false;
        }
    }
}
