// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The number of a user or group, from the number or the name. */
public record PrincipalId(long id) {
    private static final Path GETENT = Path.of("/usr/bin/getent");
    private static final long PATIENCE_SECONDS = 5;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@$-]{0,255}");

    /**
     * Looks a user up; may take a few seconds.
     *
     * @throws CramdiskException {@link ErrorKind#INVALID_ARGUMENT}
     */
    public static PrincipalId user(String text) {
        return find("passwd", "user", text);
    }

    /**
     * Looks a group up; may take a few seconds.
     *
     * @throws CramdiskException {@link ErrorKind#INVALID_ARGUMENT}
     */
    public static PrincipalId group(String text) {
        return find("group", "group", text);
    }

    /** Whether it can be the number or the name of a user or group. */
    public static boolean isWellFormed(String text) {
        return NUMBER.matcher(text).matches() || NAME.matcher(text).matches();
    }

    /** The number; null for null. */
    public static @Nullable Long idOf(@Nullable PrincipalId principal) {
        return principal == null ? null : principal.id();
    }

    private static PrincipalId find(String database, String what, String text) {
        if (NUMBER.matcher(text).matches()) {
            return new PrincipalId(Long.parseLong(text));
        }
        try {
            String entry = NAME.matcher(text).matches() ? entry(database, text) : null;
            if (entry != null) {
                return new PrincipalId(Long.parseLong(entry.split(":", -1)[2]));
            }
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ARGUMENT, e, "The " + what + " \"" + text + "\" cannot be looked up.");
        }
        throw new CramdiskException(ErrorKind.INVALID_ARGUMENT, "There is no " + what + " \"" + text + "\".");
    }

    /** From the file, else by getent(1), which knows the other sources of nsswitch.conf(5) too. */
    private static @Nullable String entry(String database, String name) throws IOException {
        for (String line : Files.readAllLines(Path.of("/etc", database))) {
            if (line.startsWith(name + ":")) {
                return line;
            }
        }
        if (!Files.isExecutable(GETENT)) {
            return null;
        }
        Process getent = new ProcessBuilder(List.of(GETENT.toString(), database, name))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!getent.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                getent.destroyForcibly();
                throw new IOException("getent does not answer");
            }
            String answer = new String(getent.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.isBlank() ? null : answer.strip();
        } catch (InterruptedException e) {
            getent.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
