// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

/** Exit codes of the command line. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    public static final int NOT_AUTHORISED = 3;
    public static final int NOT_SUPPORTED = 4;

    private ExitCode() {}
}
