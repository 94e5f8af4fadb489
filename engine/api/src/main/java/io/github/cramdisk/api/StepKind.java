// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import java.util.Locale;

/** Every kind of step of a job; its clause is in {@code steps.properties}, such as "making ext4". */
public enum StepKind {
    /** A kind of a newer engine; only the clause tells. */
    @JsonEnumDefaultValue
    OTHER,
    /** What a disk holds is read: name. */
    LOOKING,
    /** The kernel gets the disk: name. */
    CONNECTING,
    /** It is taken from the kernel: device. */
    DISCONNECTING,
    /** The disk changes its size: name. */
    RESIZING,
    /** The device and what is on it follow: device. */
    RESIZING_DEVICE,
    /** A filesystem or swap is made: its type. */
    MAKING,
    /** It is mounted: type, directory. */
    MOUNTING,
    /** The kernel begins to swap there. */
    SWAPPING_ON,
    /** Memory between what is stored is given back. */
    COMPACTING,
    /** What is not used is compressed again. */
    SQUEEZING,
    /** Files to try codecs and volumes on are looked for: directory. */
    LOOKING_FOR_FILES,
    /** They are read: directory. */
    READING_FILES,
    /** They are kept in a tmpfs. */
    TRYING_TMPFS,
    /** They are kept on a zram device. */
    TRYING_ZRAM,
    /** They are kept on a disk: codec, size of its blocks. */
    TRYING_DISK;

    private static final Sentences SENTENCES = new Sentences("steps");

    /** The English clause, arguments filled in. */
    public String clause(Object... arguments) {
        return clauseIn(Locale.ROOT, arguments);
    }

    /** The clause in a language, arguments filled in; in English where there is no translation. */
    public String clauseIn(Locale language, Object... arguments) {
        return SENTENCES.of(this, language, arguments);
    }
}
