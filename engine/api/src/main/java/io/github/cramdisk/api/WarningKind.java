// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import java.util.Locale;

/** Every kind of {@link Warning}; its sentence is in {@code warnings.properties}, or that of the event of this name. */
public enum WarningKind {
    /** A kind of a newer engine; only the sentence tells. */
    @JsonEnumDefaultValue
    OTHER,
    /** As {@link EventKind#MEMORY_OVERCOMMITTED}. */
    MEMORY_OVERCOMMITTED,
    /** As {@link EventKind#ZRAM_NEAR_LIMIT}. */
    ZRAM_NEAR_LIMIT,
    /** What is written there can take all memory: volumes. */
    VOLUMES_UNLIMITED,
    /** What a zram device writes back can be read later: the device it writes to. */
    ZRAM_BACKING_PLAIN,
    /** A full zram device breaks the filesystem on it. */
    ZRAM_LIMIT_UNDER_FILESYSTEM,
    /** The process that serves the swap needs memory itself. */
    DISK_AS_SWAP;

    private static final Sentences SENTENCES = new Sentences("warnings");

    /** The English sentence, arguments filled in. */
    public String sentence(Object... arguments) {
        return sentenceIn(Locale.ROOT, arguments);
    }

    /** The sentence in a language, arguments filled in; in English where there is no translation. */
    public String sentenceIn(Locale language, Object... arguments) {
        return switch (this) {
            case MEMORY_OVERCOMMITTED -> EventKind.MEMORY_OVERCOMMITTED.sentenceIn(language, arguments);
            case ZRAM_NEAR_LIMIT -> EventKind.ZRAM_NEAR_LIMIT.sentenceIn(language, arguments);
            default -> SENTENCES.of(this, language, arguments);
        };
    }
}
