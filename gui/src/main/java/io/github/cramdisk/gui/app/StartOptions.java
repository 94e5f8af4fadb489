// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.create.Purpose;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a start of the window asks for.
 *
 * @param create for what to open the creation of a volume; null for not at all
 * @param volume a disk's name, or the mount point, device or name of another volume, to be opened; null for none
 * @param printTimings whether to print when the window was first seen and when it could be used; see {@link Timings}
 */
public record StartOptions(
        @Nullable Purpose create, @Nullable String volume, boolean printTimings) {
    /** Arguments that are no options of the window; the message is for the user. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private Refused(String message) {
            super(message);
        }
    }

    /** Reads {@code [--create[=PURPOSE] | --volume NAME] [--print-timings]}. */
    public static StartOptions parse(List<String> arguments) throws Refused {
        Purpose create = null;
        String volume = null;
        boolean printTimings = false;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            switch (argument) {
                case "--create" -> create = Purpose.DISK;
                case "--print-timings" -> printTimings = true;
                case "--volume" -> {
                    if (++i == arguments.size() || arguments.get(i).isEmpty()) {
                        throw new Refused(Texts.of("app.usage.no-name"));
                    }
                    volume = arguments.get(i);
                }
                default -> create = purpose(argument);
            }
        }
        if (create != null && volume != null) {
            throw new Refused(Texts.of("app.usage.both"));
        }
        return new StartOptions(create, volume, printTimings);
    }

    /** Of {@code --create=PURPOSE}, the one option that carries its value. */
    private static Purpose purpose(String argument) throws Refused {
        return Arrays.stream(Purpose.values())
                .filter(purpose -> argument.equals("--create=" + purpose.key()))
                .findFirst()
                .orElseThrow(() -> new Refused(Texts.of("app.usage.unknown", argument)));
    }
}
