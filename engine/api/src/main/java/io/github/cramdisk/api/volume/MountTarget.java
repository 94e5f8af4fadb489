// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.nio.charset.StandardCharsets;

/**
 * The rule for the text of a mount point: an absolute path without {@code .}, {@code ..}, doubled or trailing slashes
 * and control of zero bytes, at most 4,095 bytes, and not the root. Whether it exists and whose it is, is for those who
 * open it.
 */
public final class MountTarget {
    /** PATH_MAX of Linux without the final zero byte. */
    private static final int MOST_BYTES = 4095;

    private MountTarget() {}

    /**
     * @return {@code target} as it is
     * @throws CramdiskException {@link ErrorKind#INVALID_TARGET}
     */
    public static String check(String target) {
        String problem = problem(target);
        if (problem != null) {
            throw new CramdiskException(ErrorKind.INVALID_TARGET, target.replace('\0', '?'), problem);
        }
        return target;
    }

    private static @org.jspecify.annotations.Nullable String problem(String target) {
        if (!target.startsWith("/")) {
            return "it is not an absolute path";
        }
        if (target.equals("/")) {
            return "it is the root of the machine";
        }
        if (target.indexOf('\0') >= 0) {
            return "it contains a zero byte";
        }
        if (target.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            return "it is longer than " + MOST_BYTES + " bytes";
        }
        for (String part : target.substring(1).split("/", -1)) {
            if (part.isEmpty()) {
                return "it has an empty part";
            }
            if (part.equals(".") || part.equals("..")) {
                return "it contains \"" + part + "\"";
            }
        }
        return null;
    }
}
