// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.definition;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskSpec;
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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The directory {@code disks} of the configuration, with one file {@code NAME.toml} per disk, so that a broken file
 * keeps no other disk from starting. A file is replaced as a whole and on the medium before {@link #save} returns; after a
 * power cut it is the old or the new one. Not thread-safe; the engine is the only writer.
 */
public final class DefinitionDirectory {
    private static final String SUFFIX = ".toml";
    /** Never a definition: names of disks begin with a letter or digit. */
    private static final String TEMPORARY_PREFIX = ".new-";

    private static final long MAX_FILE_BYTES = 64 << 10;

    private final Path directory;

    /**
     * What is in the directory.
     *
     * @param disks by name
     * @param broken what is wrong with a file, by the name of the disk it stands for
     */
    public record Contents(Map<String, DiskSpec> disks, Map<String, String> broken) {}

    private DefinitionDirectory(Path directory) {
        this.directory = directory;
    }

    /** Creates the directory if it is missing (0700, as everything below the configuration directory). */
    public static DefinitionDirectory open(Path configDirectory) throws IOException {
        Path directory = configDirectory.resolve("disks");
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return new DefinitionDirectory(directory);
    }

    /** The file of a disk. */
    public Path file(String name) {
        return directory.resolve(name + SUFFIX);
    }

    /**
     * Reads all definitions. Files with other names are left alone, but for temporary ones that a killed engine left.
     */
    public Contents load() throws IOException {
        Map<String, DiskSpec> disks = new TreeMap<>();
        Map<String, String> broken = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String fileName = file.getFileName().toString();
                if (fileName.startsWith(TEMPORARY_PREFIX)) {
                    Files.deleteIfExists(file);
                } else if (fileName.endsWith(SUFFIX) && !fileName.startsWith(".")) {
                    String name = fileName.substring(0, fileName.length() - SUFFIX.length());
                    try {
                        disks.put(name, read(name, file));
                    } catch (DefinitionException e) {
                        broken.put(name, String.valueOf(e.getMessage()));
                    }
                }
            }
        }
        return new Contents(disks, broken);
    }

    private static DiskSpec read(String name, Path file) throws DefinitionException {
        try {
            DiskSpec.checkName(name);
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new DefinitionException("the file is larger than " + MAX_FILE_BYTES + " bytes", null);
            }
            return DefinitionFormat.parse(name, Files.readString(file));
        } catch (CramdiskException e) {
            throw new DefinitionException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new DefinitionException("the file cannot be read (" + e + ")", e);
        }
    }

    /** Writes the definition, in place of an older one. */
    public void save(DiskSpec spec) throws IOException {
        Path temporary = directory.resolve(TEMPORARY_PREFIX + spec.name());
        Files.deleteIfExists(temporary);
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                ByteBuffer text = ByteBuffer.wrap(DefinitionFormat.render(spec).getBytes(StandardCharsets.UTF_8));
                while (text.hasRemaining()) {
                    channel.write(text);
                }
                channel.force(true);
            }
            Files.move(temporary, file(spec.name()), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        forceDirectory();
    }

    /** Deletes the definition, if there is one. */
    public void delete(String name) throws IOException {
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
