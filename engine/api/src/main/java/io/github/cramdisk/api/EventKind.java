// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import java.util.Locale;

/**
 * Every kind of {@link EngineEvent}. The kind is stable (scripts and translations rely on it); its sentence is in
 * {@code events.properties}.
 */
public enum EventKind {
    /** A kind of a newer engine; only the sentence tells. */
    @JsonEnumDefaultValue
    OTHER,
    /** A disk has reached 80, 90 or 95 percent of what its limit leaves for data: name, percent, resident, limit. */
    DISK_WATERMARK,
    /** The limit of a disk has risen by its growth policy: name, new limit, largest limit. */
    DISK_GROWN,
    /** Writes wait at the limit of a disk: name, limit, and how long they wait. */
    DISK_FULL_WAITING,
    /** Writes wait because the tmpfs of the arena is full: name of the disk, directory, and how long they wait. */
    ARENA_TMPFS_FULL,
    /** Writes wait because the machine or its control group has no memory: name of the disk, and how long they wait. */
    MACHINE_MEMORY_LOW,
    /** Writes to a disk were refused (ENOSPC): name, why. */
    DISK_WRITES_REFUSED,
    /** There is room again and what waited was written: name. */
    WRITES_RELEASED,
    /** A request met stored bytes that are not what was written (EIO): name, details. */
    BLOCK_CORRUPT,
    /** A disk could not be opened when the engine started: name, why. */
    DISK_UNUSABLE,
    /** The engine is back after it died: number of disks. */
    ENGINE_RESTARTED,
    /** A zram device comes near its memory limit: what and what to do. */
    ZRAM_NEAR_LIMIT,
    /** The limits of all volumes together are more than there is: their sum, memory of the machine, its swap on disk. */
    MEMORY_OVERCOMMITTED;

    private static final Sentences SENTENCES = new Sentences("events");

    /** The English sentence, arguments filled in. */
    public String sentence(Object... arguments) {
        return sentenceIn(Locale.ROOT, arguments);
    }

    /** The sentence in a language, arguments filled in; in English where there is no translation. */
    public String sentenceIn(Locale language, Object... arguments) {
        return SENTENCES.of(this, language, arguments);
    }
}
