// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a format does not say of a volume, or what else to know.
 *
 * @param volume its title; empty for all
 * @param nearest the format that can express it; null where none can, or none is needed
 */
public record ConfigNote(
        String volume,
        Weight weight,
        String sentence,
        @Nullable ConfigFormat nearest) {
    /** What it means for the volume. */
    public enum Weight {
        /** The volume is not in the export. */
        LEFT_OUT,
        /** It is, but not as it was defined. */
        CHANGED,
        /** It is as defined; there is something to do or to know. */
        HINT;

        /** As on the wire: {@code left-out}. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        @JsonCreator
        static Weight parse(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }
}
