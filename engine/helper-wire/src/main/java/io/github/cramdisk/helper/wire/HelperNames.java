// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.wire;

/** The names of the helper on the system bus. */
public final class HelperNames {
    public static final String BUS_NAME = "io.github.cramdisk.Helper1";
    public static final String PATH = "/io/github/cramdisk/Helper1";
    public static final String INTERFACE = "io.github.cramdisk.Helper1";
    /** Errors of the helper are this and the name of an {@link io.github.cramdisk.api.ErrorKind}. */
    public static final String ERROR_PREFIX = "io.github.cramdisk.Helper1.Error.";

    private HelperNames() {}
}
