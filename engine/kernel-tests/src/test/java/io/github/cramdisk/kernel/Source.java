// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.kernel;

/** A tree of real files to copy: headers and scripts of the host, in the machine's memory once they are asked for. */
final class Source {
    private static final String TREE = "/run/tests-source";

    private static final String NOISE = "/run/tests-noise";

    private Source() {}

    /** A file of some {@code mebibytes} that cannot be compressed. */
    static synchronized String noise(int mebibytes) {
        String file = NOISE + "-" + mebibytes;
        Root.shell("[ -e " + file + " ] || head -c " + mebibytes + "M /dev/urandom >" + file);
        return file;
    }

    /** The tree, of some {@code mebibytes} and as many files as that takes. */
    static synchronized String tree(int mebibytes) {
        String tree = TREE + "-" + mebibytes;
        // tar is cut off at the size, and says so.
        Root.shell("[ -d " + tree + " ] || { mkdir " + tree + " && tar -C / -cf - --ignore-failed-read"
                + " usr/share/perl usr/include usr/share/doc 2>/dev/null | head -c " + mebibytes + "M"
                + " | tar -C " + tree + " -xf - --no-same-owner --delay-directory-restore 2>/dev/null;"
                + " find " + tree + " ! -type f ! -type d -delete; chmod -R a+rX " + tree + "; }");
        return tree;
    }
}
