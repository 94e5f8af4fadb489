// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.job;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * The life of a job.
 *
 * <pre>
 * RUNNING ──► DONE | FAILED
 *    │
 *    └──► CANCELLING ──► CANCELLED | DONE | FAILED
 * </pre>
 */
public enum JobState {
    RUNNING,
    /** It was asked to end; the step that is under way is finished first, then what was done is taken back. */
    CANCELLING,
    DONE,
    FAILED,
    CANCELLED,
    /** What a newer engine knows and this program does not. */
    @JsonEnumDefaultValue
    UNKNOWN;

    /** As on the wire and in scripts: {@code running}. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it still does something. */
    public boolean isActive() {
        return this == RUNNING || this == CANCELLING;
    }
}
