// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long a write to a full disk waits for room before it is answered with ENOSPC.
 *
 * @param mode what decides
 * @param seconds for {@link Mode#SECONDS}: 0 (fail at once) to {@link #MAX_SECONDS}; else 0
 */
public record FullWait(Mode mode, int seconds) {
    /** A disk attached to the kernel waits without end, every other client {@link #DEFAULT_PATIENCE}. */
    public static final FullWait AUTO = new FullWait(Mode.AUTO, 0);
    /** Every client waits until there is room, the user decides, or it leaves. */
    public static final FullWait WITHOUT_END = new FullWait(Mode.WITHOUT_END, 0);
    /** Every client gets ENOSPC at once; behind the kernel that is EIO, and the journal of a filesystem aborts. */
    public static final FullWait FAIL = new FullWait(Mode.SECONDS, 0);

    public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(30);
    public static final int MAX_SECONDS = 86_400;

    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})([smh]?)");
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SECONDS_PER_HOUR = 3600;

    /** What decides how long a write waits. */
    public enum Mode {
        AUTO,
        WITHOUT_END,
        SECONDS
    }

    /**
     * @throws CramdiskException {@link ErrorKind#INVALID_FULL_WAIT} when the seconds are out of their range
     */
    public FullWait {
        if (seconds < 0 || seconds > MAX_SECONDS || (mode != Mode.SECONDS && seconds != 0)) {
            throw new CramdiskException(ErrorKind.INVALID_FULL_WAIT, seconds + "s");
        }
    }

    public static FullWait ofSeconds(int seconds) {
        return new FullWait(Mode.SECONDS, seconds);
    }

    /**
     * Reads {@code auto}, {@code wait}, {@code fail} or a time such as {@code 90}, {@code 90s}, {@code 5m} or {@code 2h}.
     *
     * @throws CramdiskException {@link ErrorKind#INVALID_FULL_WAIT}
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static FullWait parse(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "auto" -> AUTO;
            case "wait" -> WITHOUT_END;
            case "fail" -> FAIL;
            default -> parseTime(lower, text);
        };
    }

    private static FullWait parseTime(String lower, String text) {
        Matcher time = TIME.matcher(lower);
        if (!time.matches()) {
            throw new CramdiskException(ErrorKind.INVALID_FULL_WAIT, text);
        }
        int unit = switch (time.group(2)) {
            case "h" -> SECONDS_PER_HOUR;
            case "m" -> SECONDS_PER_MINUTE;
            default -> 1;
        };
        long seconds = Long.parseLong(time.group(1)) * unit;
        if (seconds > MAX_SECONDS) {
            throw new CramdiskException(ErrorKind.INVALID_FULL_WAIT, text);
        }
        return ofSeconds((int) seconds);
    }

    /**
     * How long a client waits.
     *
     * @param attached whether the kernel is the client
     * @return null for no end
     */
    public @Nullable Duration patience(boolean attached) {
        return switch (mode) {
            case AUTO -> attached ? null : DEFAULT_PATIENCE;
            case WITHOUT_END -> null;
            case SECONDS -> Duration.ofSeconds(seconds);
        };
    }

    /** {@code auto}, {@code wait}, {@code fail} or {@code 90s}, as {@link #parse} reads it. */
    @JsonValue
    @Override
    public String toString() {
        return switch (mode) {
            case AUTO -> "auto";
            case WITHOUT_END -> "wait";
            case SECONDS -> seconds == 0 ? "fail" : seconds + "s";
        };
    }
}
