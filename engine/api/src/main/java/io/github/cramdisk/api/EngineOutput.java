// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The file that takes what a starting engine prints. Several starts append to it; this object shows only what came
 * after its own creation.
 */
final class EngineOutput {
    private static final long FULL_BYTES = 256 << 10;
    private static final int SHOWN_LINES = 5;
    private static final int SHOWN_BYTES = 2 << 10;

    private final Path file;
    private final long startsAt;

    private EngineOutput(Path file, long startsAt) {
        this.file = file;
        this.startsAt = startsAt;
    }

    /** Creates the directory if it is missing, and begins a new file when the old one is full. */
    static EngineOutput prepare(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            if (Files.exists(file) && Files.size(file) > FULL_BYTES) {
                Files.delete(file);
            }
            return new EngineOutput(file, Files.exists(file) ? Files.size(file) : 0);
        } catch (IOException e) {
            throw new CramdiskException(
                    ErrorKind.ENGINE_UNAVAILABLE, e, "its log cannot be written, " + file + " (" + e + ")");
        }
    }

    /** The last few lines, without empty ones. */
    List<String> lastLines() {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(Math.max(startsAt, channel.size() - SHOWN_BYTES));
            ByteBuffer bytes = ByteBuffer.allocate(SHOWN_BYTES);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
            List<String> lines = StandardCharsets.UTF_8
                    .decode(bytes.flip())
                    .toString()
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            return lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
        } catch (IOException e) {
            // Without a file there are no words; the error that brought us here is the one to tell.
            return List.of();
        }
    }
}
