// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.definition;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A directory of small texts, one file {@code NAME.toml} each. A file is replaced as a whole and on the medium before
 * {@link #save} returns; after a power cut it is the old or the new one. Not thread-safe; the engine is the only writer.
 */
final class DefinitionFiles {
    private static final String SUFFIX = ".toml";
    /** Never a definition: names begin with a letter or digit. */
    private static final String TEMPORARY_PREFIX = ".new-";

    private static final long MAX_FILE_BYTES = 64 << 10;

    private final Path directory;

    private DefinitionFiles(Path directory) {
        this.directory = directory;
    }

    /** Creates the directory if it is missing (0700, as everything below the configuration directory). */
    static DefinitionFiles open(Path directory) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return new DefinitionFiles(directory);
    }

    Path file(String name) {
        return directory.resolve(name + SUFFIX);
    }

    /** All files by name. Other files are left alone, but for temporary ones that a killed engine left. */
    SortedMap<String, Path> list() throws IOException {
        SortedMap<String, Path> found = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String fileName = file.getFileName().toString();
                if (fileName.startsWith(TEMPORARY_PREFIX)) {
                    Files.deleteIfExists(file);
                } else if (fileName.endsWith(SUFFIX) && !fileName.startsWith(".")) {
                    found.put(fileName.substring(0, fileName.length() - SUFFIX.length()), file);
                }
            }
        }
        return found;
    }

    /** @throws DefinitionException when the file cannot be read, or is larger than any definition */
    String read(Path file) throws DefinitionException {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new DefinitionException("the file is larger than " + MAX_FILE_BYTES + " bytes", null);
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new DefinitionException("the file cannot be read (" + e + ")", e);
        }
    }

    void save(String name, String text) throws IOException {
        Path temporary = directory.resolve(TEMPORARY_PREFIX + name);
        Files.deleteIfExists(temporary);
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, file(name), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        forceDirectory();
    }

    void delete(String name) throws IOException {
        if (Files.deleteIfExists(file(name))) {
            forceDirectory();
        }
    }

    /** Makes a rename or deletion last; Linux allows fsync(2) on a directory opened for reading. */
    private void forceDirectory() throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
