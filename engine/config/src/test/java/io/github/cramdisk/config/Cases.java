// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.rpc.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The recorded cases: one directory each, with the volumes as JSON. */
final class Cases {
    static final Path DIRECTORY = Path.of("src/test/resources/io/github/cramdisk/config/golden");
    /** A machine of 8 GiB with one zram device that something else makes. */
    static final RenderContext CONTEXT =
            new RenderContext(new TreeSet<>(List.of(1)), 8L << 30, "/usr/bin", "/usr/lib/cramdisk");

    private Cases() {}

    static List<String> names() throws IOException {
        try (Stream<Path> directories = Files.list(DIRECTORY)) {
            return directories
                    .map(directory -> directory.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    static List<ConfigVolume> volumes(String name) throws IOException {
        return Json.mapper()
                .readValue(Files.readString(DIRECTORY.resolve(name).resolve("volumes.json")), new TypeReference<>() {});
    }
}
