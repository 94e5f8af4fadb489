// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.kernel;

import io.github.cramdisk.host.KernelText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Huge pages for shared memory; see Documentation/admin-guide/mm/transhuge.rst.
 *
 * @param pageBytes size of a huge page
 * @param internal what holds for the kernel's own mount (shared anonymous memory, memfd): {@code deny} and {@code force}
 *     overrule the option {@code huge} of every tmpfs
 */
public record HugePageSupport(long pageBytes, String internal) {
    private static final String DIRECTORY = "sys/kernel/mm/transparent_hugepage";

    /**
     * @param root {@code /}, or a recorded tree
     * @return empty where the kernel has no transparent huge pages
     */
    public static Optional<HugePageSupport> read(Path root) throws IOException {
        Path directory = root.resolve(DIRECTORY);
        Optional<String> choice = KernelText.value(directory.resolve("shmem_enabled"));
        if (choice.isEmpty()) {
            return Optional.empty();
        }
        try {
            long bytes = Long.parseLong(
                    KernelText.value(directory.resolve("hpage_pmd_size")).orElse("0"));
            return Optional.of(
                    new HugePageSupport(bytes, KernelText.chosen(choice.get()).orElse("")));
        } catch (NumberFormatException e) {
            throw new IOException(directory + ": no size of a huge page", e);
        }
    }

    /** Whether {@code huge=always}, {@code within_size} or {@code advise} has any effect now. */
    public boolean allowed() {
        return !internal.equals("deny");
    }
}
