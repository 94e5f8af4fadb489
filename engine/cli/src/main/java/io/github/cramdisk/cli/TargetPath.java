// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.MountTarget;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * From what a person types to the path that the kernel knows a mount point by: absolute, and without links, as
 * realpath(1) would print it. Resolved here, with the rights and from the working directory of that person.
 */
final class TargetPath {
    private TargetPath() {}

    /** @throws CramdiskException {@link ErrorKind#INVALID_TARGET} */
    static String of(String text) {
        if (text.isEmpty()) {
            return MountTarget.check(text);
        }
        Path path;
        try {
            path = Path.of(text).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new CramdiskException(
                    ErrorKind.INVALID_TARGET, e, text.replace('\0', '?'), "it is not a path (" + e.getReason() + ")");
        }
        return MountTarget.check(real(path).toString());
    }

    /** Links are resolved in the part that exists; what is to be made keeps its name. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            Path parent = path.getParent();
            Path name = path.getFileName();
            return parent == null || name == null
                    ? path
                    : real(parent).resolve(name).normalize();
        }
    }
}
