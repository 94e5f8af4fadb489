// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import org.jspecify.annotations.Nullable;

/** The rule for numeric ids of users and groups: 0 to 4,294,967,294, because the last number means "none". */
final class UserIds {
    static final long MOST = 0xFFFF_FFFEL;

    private UserIds() {}

    /** @throws CramdiskException {@link ErrorKind#INVALID_ARGUMENT} */
    static void check(String what, @Nullable Long id) {
        if (id != null && (id < 0 || id > MOST)) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ARGUMENT, "The " + what + " must be 0 to " + MOST + ", not " + id + ".");
        }
    }
}
