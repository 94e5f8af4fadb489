// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The rule for labels of filesystems and swap: printable, without quotes and slashes, within the format's length. */
final class Labels {
    /** volume_name of struct swap_header_v1_2 in the kernel's swap.h. */
    static final int SWAP_BYTES = 16;

    private static final String FORBIDDEN = "/\"'\\`$";

    private Labels() {}

    /** @throws CramdiskException {@link ErrorKind#INVALID_DEVICE_OPTION} */
    static void check(@Nullable String label, int mostBytes) {
        if (label == null) {
            return;
        }
        boolean plain = !label.isEmpty()
                && !label.startsWith("-")
                && label.chars().noneMatch(c -> Character.isISOControl(c) || FORBIDDEN.indexOf(c) >= 0);
        if (!plain || label.getBytes(StandardCharsets.UTF_8).length > mostBytes) {
            throw new CramdiskException(
                    ErrorKind.INVALID_DEVICE_OPTION,
                    "label " + label,
                    "Use 1 to " + mostBytes + " bytes, without quotes, slashes and control characters,"
                            + " and no dash at the beginning.");
        }
    }
}
