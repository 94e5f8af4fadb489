// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.volumes;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.gui.common.Texts;
import org.jspecify.annotations.Nullable;

/** Whole numbers as people type them. */
final class Numbers {
    private Numbers() {}

    /**
     * @return null where nothing is typed
     * @throws CramdiskException {@link ErrorKind#INVALID_ARGUMENT}
     */
    static @Nullable Long parse(String text) {
        if (text.isBlank()) {
            return null;
        }
        try {
            return Long.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw new CramdiskException(ErrorKind.INVALID_ARGUMENT, e, Texts.of("volumes.error.number", text.strip()));
        }
    }
}
