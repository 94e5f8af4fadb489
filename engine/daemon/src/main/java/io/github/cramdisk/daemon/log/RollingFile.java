// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.log;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file that is appended to, and renamed to {@code NAME.1}, {@code NAME.2} and so on when it is full; the oldest is
 * deleted, so all together never take more than {@link #MAX_FILE_BYTES} times {@link #FILES}, one line apart. Mode 0600.
 * Not thread-safe. A stream, not a channel: a channel would be closed by the first interrupted thread that logs.
 */
final class RollingFile implements AutoCloseable {
    static final int MAX_FILE_BYTES = 1 << 20;
    static final int FILES = 4;

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path path;
    private FileOutputStream stream;
    private long bytes;

    private RollingFile(Path path, FileOutputStream stream) {
        this.path = path;
        this.stream = stream;
        this.bytes = path.toFile().length();
    }

    static RollingFile open(Path path) throws IOException {
        return new RollingFile(path, openForAppend(path));
    }

    /** @return whether it was written; a full or vanished file system must not stop the engine */
    boolean append(byte[] line) {
        try {
            if (bytes + line.length > MAX_FILE_BYTES && bytes > 0) {
                roll();
            }
            stream.write(line);
            bytes += line.length;
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void roll() throws IOException {
        stream.close();
        for (int i = FILES - 1; i >= 1; i--) {
            Path from = i == 1 ? path : numbered(i - 1);
            if (Files.exists(from)) {
                Files.move(from, numbered(i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        stream = openForAppend(path);
        bytes = 0;
    }

    private Path numbered(int number) {
        return path.resolveSibling(path.getFileName() + "." + number);
    }

    private static FileOutputStream openForAppend(Path path) throws IOException {
        File file = path.toFile();
        if (!file.exists()) {
            Files.createFile(path, OWNER_ONLY);
        }
        return new FileOutputStream(file, true);
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            // Every line was handed to the kernel when it was written; nothing is lost.
        }
    }
}
