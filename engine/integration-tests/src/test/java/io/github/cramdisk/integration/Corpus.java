// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.integration;

import io.github.cramdisk.testmachine.Command;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** Images of real files: the first bytes of a tar of this machine's libraries, documents and headers. */
final class Corpus {
    private static final Path DIRECTORY = Path.of("target", "corpus").toAbsolutePath();

    private Corpus() {}

    /** An image of exactly that size, made at its first use; zeroes follow where the machine has too few files. */
    static synchronized Path image(int mebibytes) throws IOException {
        Path image = DIRECTORY.resolve(mebibytes + "M.img");
        long bytes = (long) mebibytes << 20;
        if (Files.exists(image) && Files.size(image) == bytes) {
            return image;
        }
        Files.createDirectories(DIRECTORY);
        Path partial = DIRECTORY.resolve(mebibytes + "M.partial");
        String script =
                "tar -C / -cf - --ignore-failed-read usr/lib usr/share usr/include 2>/dev/null | head -c \"$1\" >\"$2\"";
        Command.run("sh", "-c", script, "sh", Long.toString(bytes), partial.toString())
                .succeeded();
        System.out.printf("corpus: %d MiB of %d MiB are files of this machine%n", Files.size(partial) >> 20, mebibytes);
        try (RandomAccessFile file = new RandomAccessFile(partial.toFile(), "rw")) {
            file.setLength(bytes);
        }
        return Files.move(partial, image);
    }
}
