// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.gate;

import java.util.Map;

/**
 * What somebody may be asked to allow.
 *
 * @param action as polkit knows it
 * @param details fill the {@code $(name)} of the action's message in the policy file; they come from the caller, and are
 *     cleaned here of everything that could make the question look like another one
 * @param sentence what is to be done, for errors and the journal: "mount a tmpfs of 1.0 GiB at /mnt/x"
 */
public record Question(Action action, Map<String, String> details, String sentence) {
    private static final int LONGEST = 256;

    public Question {
        Map<String, String> clean = new java.util.HashMap<>();
        details.forEach((name, text) -> clean.put(name, clean(text)));
        details = Map.copyOf(clean);
        sentence = clean(sentence);
    }

    /** Control, format (also those that turn the direction of writing) and unassigned characters become a mark. */
    private static String clean(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR,
                        Character.PRIVATE_USE,
                        Character.SURROGATE,
                        Character.UNASSIGNED -> clean.append('\uFFFD');
                default -> clean.appendCodePoint(c);
            }
        });
        if (text.codePoints().skip(LONGEST).findAny().isPresent()) {
            clean.append('\u2026');
        }
        return clean.toString();
    }
}
