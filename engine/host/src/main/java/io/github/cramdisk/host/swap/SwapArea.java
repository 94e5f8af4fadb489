// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.swap;

import io.github.cramdisk.host.KernelText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One line of {@code /proc/swaps}; see proc_swaps(5).
 *
 * @param path the device or file, escapes undone
 * @param partition a block device; else a file
 * @param priority areas with a higher one are used first; negative ones were chosen by the kernel
 */
public record SwapArea(String path, boolean partition, long sizeBytes, long usedBytes, int priority) {
    private static final long KIBI = 1024;
    private static final int FIELDS = 5;

    /**
     * The areas in use.
     *
     * @param root {@code /}, or a recorded tree with {@code proc/swaps}
     * @return none where the kernel has no swap at all
     */
    public static List<SwapArea> read(Path root) throws IOException {
        Optional<String> text = KernelText.value(root.resolve("proc/swaps"));
        return text.stream()
                .flatMap(String::lines)
                .map(SwapArea::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Empty for the line of headings. */
    private static Optional<SwapArea> parse(String line) {
        List<String> words = KernelText.words(line);
        if (words.size() != FIELDS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SwapArea(
                    KernelText.unescaped(words.get(0)),
                    words.get(1).equals("partition"),
                    Math.multiplyExact(Long.parseLong(words.get(2)), KIBI),
                    Math.multiplyExact(Long.parseLong(words.get(3)), KIBI),
                    Integer.parseInt(words.get(4))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
