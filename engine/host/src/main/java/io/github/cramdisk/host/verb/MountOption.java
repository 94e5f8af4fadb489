// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import org.jspecify.annotations.Nullable;

/**
 * An option of a filesystem.
 *
 * @param value null for one that has none
 * @param optional to be left out where the kernel does not know it
 */
record MountOption(String key, @Nullable String value, boolean optional) {
    static MountOption flag(String key) {
        return new MountOption(key, null, false);
    }

    static MountOption of(String key, Object value) {
        return new MountOption(key, value.toString(), false);
    }

    /** From the text of mount(8), {@code key} or {@code key=value}. */
    static MountOption parse(String text) {
        int equals = text.indexOf('=');
        return equals < 0 ? flag(text) : of(text.substring(0, equals), text.substring(equals + 1));
    }

    MountOption whereKnown() {
        return new MountOption(key, value, true);
    }

    /** As mount(2) wants it. */
    String text() {
        return value == null ? key : key + "=" + value;
    }
}
