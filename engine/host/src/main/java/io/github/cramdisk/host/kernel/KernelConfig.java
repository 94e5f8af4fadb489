// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** What the kernel was built with, where it or the distribution tells: {@code /proc/config.gz}, {@code /boot/config-RELEASE}. */
final class KernelConfig {
    private static final String PREFIX = "CONFIG_";

    private final boolean known;
    private final Map<String, String> options;

    private KernelConfig(boolean known, Map<String, String> options) {
        this.known = known;
        this.options = options;
    }

    static KernelConfig read(Path root, String release) throws IOException {
        for (Path file : List.of(root.resolve("proc/config.gz"), root.resolve("boot/config-" + release))) {
            if (Files.isReadable(file)) {
                return read(file);
            }
        }
        return new KernelConfig(false, Map.of());
    }

    private static KernelConfig read(Path file) throws IOException {
        Map<String, String> options = new HashMap<>();
        try (InputStream raw = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader lines = new BufferedReader(new InputStreamReader(plain, StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int equals = line.indexOf('=');
                if (line.startsWith(PREFIX) && equals > 0) {
                    options.put(line.substring(PREFIX.length(), equals), line.substring(equals + 1));
                }
            }
        }
        return new KernelConfig(true, options);
    }

    /** Whether an option is built in or a module; {@code otherwise} where the configuration is not told. */
    boolean has(String option, boolean otherwise) {
        return known ? options.containsKey(option) : otherwise;
    }
}
