// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.kernel;

import io.github.cramdisk.host.KernelText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Modules that the running kernel has built in or can load; modules.builtin and modules.dep of depmod(8). */
final class Modules {
    private final Set<String> names;

    private Modules(Set<String> names) {
        this.names = names;
    }

    static Modules read(Path root, String release) throws IOException {
        Set<String> names = new HashSet<>();
        for (String list : List.of("modules.builtin", "modules.dep")) {
            Path file = root.resolve("lib/modules").resolve(release).resolve(list);
            KernelText.value(file).orElse("").lines().map(Modules::name).forEach(names::add);
        }
        return new Modules(names);
    }

    /** {@code kernel/drivers/block/zram/zram.ko.xz: kernel/mm/zsmalloc.ko.xz} is {@code zram}. */
    private static String name(String line) {
        String path = line.split(":", 2)[0];
        String file = path.substring(path.lastIndexOf('/') + 1);
        int dot = file.indexOf('.');
        return dot < 0 ? file : file.substring(0, dot);
    }

    boolean has(String name) {
        return names.contains(name);
    }
}
