// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** A recorded tree of /proc, /sys and what else the readers look at: Debian 13 with three zram devices and much mounted. */
public final class RecordedMachine {
    public static final Path ROOT = root();

    private RecordedMachine() {}

    private static Path root() {
        try {
            return Path.of(Objects.requireNonNull(RecordedMachine.class.getResource("machine"), "machine")
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
