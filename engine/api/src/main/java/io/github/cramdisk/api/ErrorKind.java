// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/**
 * Every way in which Cramdisk can refuse or fail. The kind is stable (it is the code on the wire and in scripts); its
 * sentence is in {@code errors.properties} and says what happened, why, and what to do.
 */
public enum ErrorKind {
    INVALID_ARGUMENT(ExitCode.USAGE),
    INVALID_SIZE(ExitCode.USAGE),
    INVALID_CODEC(ExitCode.USAGE),
    INVALID_NAME(ExitCode.USAGE),
    INVALID_DISK_SIZE(ExitCode.USAGE),
    INVALID_BLOCK_SIZE(ExitCode.USAGE),
    INVALID_RAM_LIMIT(ExitCode.USAGE),
    DISK_EXISTS(ExitCode.FAILED),
    NO_SUCH_DISK(ExitCode.FAILED),
    DISK_IN_USE(ExitCode.FAILED),
    NOT_ENOUGH_MEMORY(ExitCode.FAILED),
    ARENA_UNUSABLE(ExitCode.FAILED),
    ARENA_DAMAGED(ExitCode.FAILED),
    DEFINITION_UNUSABLE(ExitCode.FAILED),
    CONFIG_UNWRITABLE(ExitCode.FAILED),
    ENGINE_UNAVAILABLE(ExitCode.FAILED),
    ENGINE_ALREADY_RUNNING(ExitCode.FAILED),
    PATH_TOO_LONG(ExitCode.FAILED),
    RUNTIME_DIR_UNUSABLE(ExitCode.FAILED),
    PROTOCOL(ExitCode.FAILED),
    INTERNAL(ExitCode.FAILED);

    private static final ResourceBundle SENTENCES = ResourceBundle.getBundle("io.github.cramdisk.api.errors");

    private final int exitCode;

    ErrorKind(int exitCode) {
        this.exitCode = exitCode;
    }

    /** The exit code of the command line for this error; see {@link ExitCode}. */
    public int exitCode() {
        return exitCode;
    }

    /** The sentence for people, arguments filled in. */
    public String sentence(Object... arguments) {
        try {
            Object[] texts = Arrays.stream(arguments).map(String::valueOf).toArray();
            return new MessageFormat(SENTENCES.getString(name()), java.util.Locale.ROOT).format(texts);
        } catch (MissingResourceException e) {
            throw new AssertionError("errors.properties has no sentence for " + name(), e);
        }
    }
}
