// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import java.util.Locale;

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
    INVALID_GROWTH(ExitCode.USAGE),
    INVALID_FULL_WAIT(ExitCode.USAGE),
    INVALID_SQUEEZE(ExitCode.USAGE),
    DISK_EXISTS(ExitCode.FAILED),
    NO_SUCH_DISK(ExitCode.FAILED),
    DISK_IN_USE(ExitCode.FAILED),
    DISK_ATTACHED(ExitCode.FAILED),
    DISK_NOT_ATTACHED(ExitCode.FAILED),
    DISK_HOLDS_DATA(ExitCode.FAILED),
    CANNOT_RESIZE(ExitCode.FAILED),
    NBD_MISSING(ExitCode.NOT_SUPPORTED),
    DISK_HOLDS_DATA_BEYOND(ExitCode.FAILED),
    NOT_ENOUGH_MEMORY(ExitCode.FAILED),
    ARENA_UNUSABLE(ExitCode.FAILED),
    ARENA_DAMAGED(ExitCode.FAILED),
    DEFINITION_UNUSABLE(ExitCode.FAILED),
    CONFIG_UNWRITABLE(ExitCode.FAILED),
    CONFIG_NOT_APPLICABLE(ExitCode.NOT_SUPPORTED),
    CONFIG_NOTHING_TO_REVERT(ExitCode.FAILED),
    CONFIG_REFUSED(ExitCode.FAILED),
    CONFIG_UNREADABLE(ExitCode.FAILED),
    CONFIG_UNWRITTEN(ExitCode.FAILED),
    ENGINE_UNAVAILABLE(ExitCode.FAILED),
    ENGINE_ALREADY_RUNNING(ExitCode.FAILED),
    PATH_TOO_LONG(ExitCode.FAILED),
    RUNTIME_DIR_UNUSABLE(ExitCode.FAILED),
    INVALID_SIZE_LIMIT(ExitCode.USAGE),
    INVALID_MODE(ExitCode.USAGE),
    INVALID_TARGET(ExitCode.USAGE),
    INVALID_MOUNT_OPTION(ExitCode.USAGE),
    INVALID_TMPFS_OPTION(ExitCode.USAGE),
    INVALID_ZRAM_OPTION(ExitCode.USAGE),
    NO_HISTORY(ExitCode.FAILED),
    INVALID_DEVICE_OPTION(ExitCode.USAGE),
    NO_SUCH_VOLUME(ExitCode.FAILED),
    HOLDS_DISKS(ExitCode.FAILED),
    VOLUME_BUSY(ExitCode.FAILED),
    TARGET_UNUSABLE(ExitCode.FAILED),
    TMPFS_CANNOT_CHANGE(ExitCode.FAILED),
    SIZE_TOO_SMALL_FOR_USED(ExitCode.FAILED),
    TOO_MANY_VOLUMES(ExitCode.FAILED),
    CANNOT_ADOPT(ExitCode.FAILED),
    INVALID_DIRECTORY(ExitCode.USAGE),
    NOTHING_TO_COMPARE(ExitCode.FAILED),
    ZRAM_NEEDS_ROOT(ExitCode.FAILED),
    CANCELLED(ExitCode.FAILED),
    NO_SUCH_JOB(ExitCode.FAILED),
    CANNOT_CANCEL(ExitCode.FAILED),
    KERNEL_REFUSED(ExitCode.FAILED),
    PROGRAM_FAILED(ExitCode.FAILED),
    PROGRAM_MISSING(ExitCode.NOT_SUPPORTED),
    NOT_SUPPORTED_BY_KERNEL(ExitCode.NOT_SUPPORTED),
    HELPER_MISSING(ExitCode.NOT_SUPPORTED),
    HELPER_UNAVAILABLE(ExitCode.FAILED),
    NOT_AUTHORISED(ExitCode.NOT_AUTHORISED),
    AUTHORISATION_DISMISSED(ExitCode.NOT_AUTHORISED),
    AUTHORISATION_PENDING(ExitCode.NOT_AUTHORISED),
    NO_AUTHENTICATION_AGENT(ExitCode.NOT_AUTHORISED),
    PROTOCOL(ExitCode.FAILED),
    INTERNAL(ExitCode.FAILED);

    private static final Sentences SENTENCES = new Sentences("errors");

    private final int exitCode;

    ErrorKind(int exitCode) {
        this.exitCode = exitCode;
    }

    /** The exit code of the command line for this error; see {@link ExitCode}. */
    public int exitCode() {
        return exitCode;
    }

    /** The English sentence, arguments filled in: for logs, scripts and the command line. */
    public String sentence(Object... arguments) {
        return sentenceIn(Locale.ROOT, arguments);
    }

    /**
     * The sentence in a language, arguments filled in; in English where there is no translation.
     *
     * @param language only its language and region count
     */
    public String sentenceIn(Locale language, Object... arguments) {
        return SENTENCES.of(this, language, arguments);
    }
}
