// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import org.jspecify.annotations.Nullable;

/**
 * Something about this machine that keeps storage in memory from working well.
 *
 * @param id stable, for scripts: {@code zswap-beside-zram}
 * @param what happened or is so, one sentence
 * @param why it matters, one sentence
 * @param remedy what to do, one sentence
 * @param command that does it, to be run as root unless it begins with {@code cramdisk}; null where none does
 */
public record Finding(
        String id,
        Severity severity,
        String what,
        String why,
        String remedy,
        @Nullable String command) {

    /** How bad a finding is. */
    public enum Severity {
        /** Worth knowing. */
        HINT,
        /** Costs speed or memory, or will go wrong under load. */
        WARNING,
        /** Something does not work, or data are in danger. */
        PROBLEM
    }
}
