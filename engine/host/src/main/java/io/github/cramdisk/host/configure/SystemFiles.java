// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.configure;

import io.github.cramdisk.config.MachineFiles;
import io.github.cramdisk.host.memory.MemInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The configuration files below a root directory: {@code /}, or that of a test. Thread-safe. */
public final class SystemFiles implements MachineFiles {
    /** More than any such file has; a larger one is none that Cramdisk should rewrite. */
    private static final long MOST_BYTES = 4 << 20;

    private final Path root;

    public SystemFiles(Path root) {
        this.root = root;
    }

    Path resolve(String path) {
        return root.resolve(path.substring(1));
    }

    @Override
    public byte @Nullable [] read(String path) throws IOException {
        Path file = resolve(path);
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IOException(path + " is larger than " + MOST_BYTES + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    @Override
    public List<String> list(String directory) throws IOException {
        try (Stream<Path> files = Files.list(resolve(directory))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
    }

    @Override
    public boolean isProgram(String path) {
        Path file = resolve(path);
        try {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
            return Files.isRegularFile(file)
                    && Integer.valueOf(0).equals(Files.getAttribute(file, "unix:uid"))
                    && mode.contains(PosixFilePermission.OTHERS_EXECUTE)
                    && !mode.contains(PosixFilePermission.OTHERS_WRITE)
                    && !mode.contains(PosixFilePermission.GROUP_WRITE);
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public long ramBytes() throws IOException {
        return MemInfo.read(root.resolve("proc")).totalBytes();
    }
}
