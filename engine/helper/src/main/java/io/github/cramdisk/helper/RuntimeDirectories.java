// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/**
 * The directories of the helper under {@code /run/cramdisk}, which everybody may look into and only root may change.
 *
 * @param volumes records of what was made, for everybody to read
 * @param temporary where native libraries are unpacked: 0700, for nobody else may get a file in between
 */
record RuntimeDirectories(Path volumes, Path temporary) {
    private static final Path BASE = Path.of("/run/cramdisk");
    private static final String EVERYBODY_READS = "rwxr-xr-x";
    private static final String ROOT_ONLY = "rwx------";

    /**
     * Makes what is missing and verifies what is there; to be called before any native library is loaded.
     *
     * @throws IOException when one is not a directory of root with the right mode
     */
    static RuntimeDirectories prepare() throws IOException {
        make(BASE, EVERYBODY_READS);
        Path volumes = make(BASE.resolve("volumes"), EVERYBODY_READS);
        Path temporary = make(BASE.resolve("helper"), ROOT_ONLY);
        if (!temporary.equals(Path.of(System.getProperty("java.io.tmpdir", "")))) {
            throw new IOException("java.io.tmpdir must be " + temporary);
        }
        // Libraries that an earlier helper unpacked and, killed, did not delete.
        try (DirectoryStream<Path> files = Files.newDirectoryStream(temporary)) {
            for (Path file : files) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.delete(file);
                }
            }
        }
        return new RuntimeDirectories(volumes, temporary);
    }

    private static Path make(Path directory, String mode) throws IOException {
        Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(mode);
        try {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(permissions));
            // The umask may have taken something away.
            Files.setPosixFilePermissions(directory, permissions);
        } catch (FileAlreadyExistsException e) {
            Map<String, Object> found =
                    Files.readAttributes(directory, "unix:uid,isDirectory,permissions", LinkOption.NOFOLLOW_LINKS);
            if (!Boolean.TRUE.equals(found.get("isDirectory"))
                    || !Integer.valueOf(0).equals(found.get("uid"))
                    || !permissions.equals(found.get("permissions"))) {
                throw new IOException(directory + " is not a directory of root with mode " + mode, e);
            }
        }
        return directory;
    }
}
