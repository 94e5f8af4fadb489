// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.configure;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a file as a whole: written beside it, on the medium, then renamed. After a crash it is the old or the new one;
 * what was written beside it goes at the next time. Owner and mode stay as they were. Without state.
 */
final class AtomicFile {
    private static final String TEMPORARY = ".cramdisk-new-";

    private AtomicFile() {}

    /** @param content null deletes the file */
    static void replace(Path file, byte @Nullable [] content) throws IOException {
        Path directory = Objects.requireNonNull(file.getParent(), "no root directory is replaced");
        if (content == null) {
            Files.deleteIfExists(file);
            removeIfEmpty(directory);
            return;
        }
        Files.createDirectories(directory);
        removeLeftOvers(directory, file);
        // A link is followed, so that the file behind it is replaced and the link stays.
        Path real = Files.isSymbolicLink(file) ? file.toRealPath() : file;
        Path temporary = real.resolveSibling(TEMPORARY + real.getFileName());
        try {
            write(temporary, content);
            keepOwner(real, temporary);
            Files.move(temporary, real, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        force(real.resolveSibling("."));
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")))) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void keepOwner(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            PosixFileAttributes old = Files.readAttributes(from, PosixFileAttributes.class);
            PosixFileAttributeView view =
                    Files.getFileAttributeView(to, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            view.setOwner(old.owner());
            view.setGroup(old.group());
            view.setPermissions(old.permissions());
        }
    }

    private static void removeLeftOvers(Path directory, Path file) throws IOException {
        try (DirectoryStream<Path> old = Files.newDirectoryStream(
                directory, each -> each.getFileName().toString().equals(TEMPORARY + file.getFileName()))) {
            for (Path each : old) {
                Files.delete(each);
            }
        }
    }

    /** Drop-in directories that are empty now; a directory of the system never is. */
    private static void removeIfEmpty(Path directory) throws IOException {
        if (directory.getFileName().toString().endsWith(".d") && Files.isDirectory(directory)) {
            try (DirectoryStream<Path> rest = Files.newDirectoryStream(directory)) {
                if (rest.iterator().hasNext()) {
                    return;
                }
            }
            Files.delete(directory);
        }
    }

    static void makePrivateDirectory(Path directory) throws IOException {
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            throw new IOException(directory + " is no directory", e);
        }
    }

    /** Makes a rename last; Linux allows fsync(2) on a directory opened for reading. */
    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
