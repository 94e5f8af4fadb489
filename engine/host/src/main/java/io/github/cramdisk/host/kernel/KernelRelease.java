// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.kernel;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first two numbers of a release such as {@code 6.18.44-amd64}; distributions may have features of later ones. */
record KernelRelease(int major, int minor) {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,4})\\.([0-9]{1,4}).*");

    /** 0.0, older than all, where the text is something else. */
    static KernelRelease parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? new KernelRelease(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
                : new KernelRelease(0, 0);
    }

    boolean isAtLeast(int wantedMajor, int wantedMinor) {
        return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
    }
}
