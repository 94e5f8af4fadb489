// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.swap;

import io.github.cramdisk.host.KernelText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * zswap, which compresses pages on their way to swap and keeps them in memory; see
 * Documentation/admin-guide/mm/zswap.rst.
 *
 * @param compressor such as {@code lzo} or {@code zstd}
 * @param maxPoolPercent the most of the machine's memory that it takes
 * @param storedBytes memory that it takes now (meminfo, Zswap)
 * @param originalBytes what is in it, before compression (meminfo, Zswapped)
 */
public record Zswap(
        boolean enabled,
        String compressor,
        int maxPoolPercent,
        boolean shrinker,
        long storedBytes,
        long originalBytes) {
    private static final long KIBI = 1024;

    /**
     * @param root {@code /}, or a recorded tree with {@code sys/module/zswap} and {@code proc/meminfo}
     * @return empty where the kernel has no zswap
     */
    public static Optional<Zswap> read(Path root) throws IOException {
        Path parameters = root.resolve("sys/module/zswap/parameters");
        Optional<String> enabled = KernelText.value(parameters.resolve("enabled"));
        if (enabled.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Zswap(
                isYes(enabled),
                KernelText.value(parameters.resolve("compressor")).orElse(""),
                KernelText.value(parameters.resolve("max_pool_percent"))
                        .map(Integer::parseInt)
                        .orElse(0),
                isYes(KernelText.value(parameters.resolve("shrinker_enabled"))),
                meminfoBytes(root, "Zswap:"),
                meminfoBytes(root, "Zswapped:")));
    }

    private static boolean isYes(Optional<String> value) {
        return value.map(text -> text.equals("Y") || text.equals("1")).orElse(false);
    }

    private static long meminfoBytes(Path root, String key) throws IOException {
        for (String line : KernelText.lines(root.resolve("proc/meminfo"))) {
            if (line.startsWith(key)) {
                return Long.parseLong(KernelText.words(line).get(1)) * KIBI;
            }
        }
        return 0;
    }
}
