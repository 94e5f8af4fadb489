// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** The Java runtime's own files: code and data that compress like a root file system. */
final class Corpus {
    private static final Path FILE = Path.of(System.getProperty("java.home"), "lib", "modules");

    private Corpus() {}

    /** Their first bytes, in a direct buffer. */
    static ByteBuffer first(int bytes) throws IOException {
        ByteBuffer corpus = ByteBuffer.allocateDirect(bytes);
        try (var file = Files.newByteChannel(FILE)) {
            while (corpus.hasRemaining() && file.read(corpus) > 0) {
                // until it is full
            }
        }
        return corpus;
    }
}
