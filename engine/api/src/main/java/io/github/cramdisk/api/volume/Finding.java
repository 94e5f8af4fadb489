// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import io.github.cramdisk.api.FindingSentences;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something about this machine that keeps storage in memory from working well.
 *
 * @param id stable, for scripts: {@code zswap-beside-zram}
 * @param what happened or is so, one sentence
 * @param why it matters, one sentence
 * @param remedy what to do, one sentence
 * @param command that does it, to be run as root unless it begins with {@code cramdisk}; null where none does
 * @param arguments of the sentences, for those who say them in another language
 */
public record Finding(
        String id,
        Severity severity,
        String what,
        String why,
        String remedy,
        @Nullable String command,
        List<String> arguments) {

    /** How bad a finding is. */
    public enum Severity {
        /** Worth knowing. */
        HINT,
        /** Costs speed or memory, or will go wrong under load. */
        WARNING,
        /** Something does not work, or data are in danger. */
        PROBLEM
    }

    /** From an engine that tells no arguments: none. */
    public Finding {
        arguments = arguments == null ? List.of() : List.copyOf(arguments);
    }

    /** A finding whose English sentences are in {@code findings.properties}. */
    public static Finding of(String id, Severity severity, @Nullable String command, Object... arguments) {
        List<String> texts = Arrays.stream(arguments).map(String::valueOf).toList();
        return new Finding(id, severity, "", "", "", command, texts).in(Locale.ROOT);
    }

    /** The same in a language; as it is where that has no sentences for it, such as a finding of a newer engine. */
    public Finding in(Locale language) {
        return FindingSentences.in(language, id, arguments)
                .map(said -> new Finding(id, severity, said.what(), said.why(), said.remedy(), command, arguments))
                .orElse(this);
    }
}
