// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import io.github.cramdisk.host.KernelText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Values under /proc, /sys and /etc for checks: what cannot be read is as if it were not there. */
final class Settings {
    private final Path root;

    Settings(Path root) {
        this.root = root;
    }

    /** @param file below the root, without a slash before it */
    String text(String file) {
        try {
            return KernelText.value(root.resolve(file)).orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    OptionalLong number(String file) {
        try {
            return OptionalLong.of(Long.parseLong(text(file)));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
