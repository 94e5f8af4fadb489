// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.memorybar;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.gui.common.Sizes;
import java.util.regex.Pattern;

/** A size being typed, character by character. */
final class TypedSize {
    private static final Pattern TYPEABLE = Pattern.compile("[0-9.,kKmMgGtTiIbB ]");
    private static final int LONGEST = 12;

    private String text = "";

    /** False where the character belongs in no size. */
    boolean type(String character) {
        if (!TYPEABLE.matcher(character).matches() || (text.isEmpty() && !Character.isDigit(character.charAt(0)))) {
            return false;
        }
        if (text.length() < LONGEST) {
            text += character;
        }
        return true;
    }

    void backspace() {
        text = text.isEmpty() ? "" : text.substring(0, text.length() - 1);
    }

    void clear() {
        text = "";
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    String text() {
        return text;
    }

    /** 0 while it is no size: the next character may make it one. */
    long bytes() {
        try {
            return Sizes.parse(text).bytes();
        } catch (CramdiskException e) {
            return 0;
        }
    }
}
