// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.log;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Where log lines of this process go. Global because the JDK makes the loggers; until a file is opened, warnings and
 * errors go to standard error.
 *
 * <p>A line is {@code 2026-11-20 16:33:05.123 INFO  [thread] Class: message}; stack traces follow on lines of their own.
 * Control characters in messages, which may quote what a client sent, are replaced, so that no client can forge a line.
 */
public final class EngineLog {
    private static final Object LOCK = new Object();
    private static @Nullable RollingFile file;
    private static boolean console = true;
    private static Level consoleLevel = Level.WARNING;

    private EngineLog() {}

    /**
     * From now on lines go to the file.
     *
     * @param alsoConsole whether to standard error too
     */
    public static void open(Path path, boolean alsoConsole) throws IOException {
        synchronized (LOCK) {
            close();
            file = RollingFile.open(path);
            console = alsoConsole;
            consoleLevel = Level.INFO;
        }
    }

    /** Whether lines go to a file. */
    public static boolean isOpen() {
        synchronized (LOCK) {
            return file != null;
        }
    }

    /** Closes the file; what follows goes to standard error. */
    public static void close() {
        synchronized (LOCK) {
            if (file != null) {
                file.close();
                file = null;
            }
            console = true;
            consoleLevel = Level.WARNING;
        }
    }

    static void write(Level level, String logger, String message, @Nullable Throwable thrown) {
        String line = format(LocalDateTime.now(ZoneId.systemDefault()), level, logger, message, thrown);
        synchronized (LOCK) {
            boolean failed = false;
            if (file != null) {
                failed = !file.append(line.getBytes(StandardCharsets.UTF_8));
            }
            if (failed || (console && level.getSeverity() >= consoleLevel.getSeverity())) {
                PrintStream standardError = System.err;
                standardError.print(line);
                standardError.flush();
            }
        }
    }

    static String format(LocalDateTime time, Level level, String logger, String message, @Nullable Throwable thrown) {
        StringBuilder line = new StringBuilder(120);
        digits(line, time.getYear(), 4).append('-');
        digits(line, time.getMonthValue(), 2).append('-');
        digits(line, time.getDayOfMonth(), 2).append(' ');
        digits(line, time.getHour(), 2).append(':');
        digits(line, time.getMinute(), 2).append(':');
        digits(line, time.getSecond(), 2).append('.');
        digits(line, time.getNano() / 1_000_000, 3).append(' ');
        line.append(level.getName())
                .append(" ".repeat(Math.max(1, 8 - level.getName().length())));
        line.append('[').append(Thread.currentThread().getName()).append("] ");
        line.append(logger, logger.lastIndexOf('.') + 1, logger.length()).append(": ");
        appendClean(line, message);
        line.append('\n');
        if (thrown != null) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            line.append(trace);
        }
        return line.toString();
    }

    private static void appendClean(StringBuilder line, String message) {
        for (int i = 0; i < message.length(); i++) {
            char c = message.charAt(i);
            line.append(Character.isISOControl(c) ? '?' : c);
        }
    }

    private static StringBuilder digits(StringBuilder line, int value, int width) {
        String text = Integer.toString(value);
        return line.append("0".repeat(Math.max(0, width - text.length()))).append(text);
    }
}
