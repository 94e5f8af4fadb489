// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import io.github.cramdisk.gui.common.Texts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a start of the window asks for.
 *
 * @param create whether to open the creation of a volume
 * @param volume a disk's name, or the mount point, device or name of another volume, to be opened; null for none
 * @param printTimings whether to print when the window was first seen and when it could be used; see {@link Timings}
 */
public record StartOptions(boolean create, @Nullable String volume, boolean printTimings) {
    /** Arguments that are no options of the window; the message is for the user. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private Refused(String message) {
            super(message);
        }
    }

    /** Reads {@code [--create | --volume NAME] [--print-timings]}. */
    public static StartOptions parse(List<String> arguments) throws Refused {
        boolean create = false;
        String volume = null;
        boolean printTimings = false;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            switch (argument) {
                case "--create" -> create = true;
                case "--print-timings" -> printTimings = true;
                case "--volume" -> {
                    if (++i == arguments.size() || arguments.get(i).isEmpty()) {
                        throw new Refused(Texts.of("app.usage.no-name"));
                    }
                    volume = arguments.get(i);
                }
                default -> throw new Refused(Texts.of("app.usage.unknown", argument));
            }
        }
        if (create && volume != null) {
            throw new Refused(Texts.of("app.usage.both"));
        }
        return new StartOptions(create, volume, printTimings);
    }
}
