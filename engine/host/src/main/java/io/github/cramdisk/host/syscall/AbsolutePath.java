// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.syscall;

import java.util.Arrays;
import java.util.List;

/** Absolute paths as text, whatever characters they have and whatever the locale of the JVM is. */
public final class AbsolutePath {
    /** PATH_MAX of the kernel, the ending zero byte included. */
    private static final int MAX_CHARS = 4096;

    private AbsolutePath() {}

    /**
     * The names on the way from {@code /}; none for {@code /} itself. Repeated and trailing slashes do not count.
     *
     * @throws IllegalArgumentException when the path is not absolute, too long, or has a part {@code .} or {@code ..}, or
     *     a zero byte
     */
    public static List<String> parts(String path) {
        if (!path.startsWith("/") || path.length() >= MAX_CHARS || path.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("it is not an absolute path");
        }
        List<String> parts =
                Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
        if (parts.contains("..") || parts.contains(".")) {
            throw new IllegalArgumentException("it has a part \".\" or \"..\"");
        }
        return parts;
    }

    /**
     * The same path with single slashes and none at the end.
     *
     * @throws IllegalArgumentException as {@link #parts}
     */
    public static String normalised(String path) {
        return "/" + String.join("/", parts(path));
    }

    /** Whether {@code path} is {@code directory} or below it; both normalised. */
    public static boolean isWithin(String path, String directory) {
        return path.equals(directory)
                || directory.equals("/")
                || (path.startsWith(directory) && path.charAt(directory.length()) == '/');
    }
}
