// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.log;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** One named logger; hands what is loud enough to the {@link EngineLog}. */
final class EngineLogger implements System.Logger {
    private static final String OURS = "io.github.cramdisk.";

    private final String name;
    private final Level threshold;

    EngineLogger(String name) {
        this.name = name;
        this.threshold = name.startsWith(OURS) ? Level.INFO : Level.WARNING;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public boolean isLoggable(Level level) {
        return level != Level.OFF && level.getSeverity() >= threshold.getSeverity();
    }

    @Override
    public void log(
            Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
        if (isLoggable(level)) {
            EngineLog.write(level, name, String.valueOf(message), thrown);
        }
    }

    @Override
    public void log(
            Level level, @Nullable ResourceBundle bundle, @Nullable String format, @Nullable Object... parameters) {
        if (isLoggable(level)) {
            String text = String.valueOf(format);
            boolean plain = parameters == null || parameters.length == 0;
            EngineLog.write(level, name, plain ? text : MessageFormat.format(text, parameters), null);
        }
    }
}
