// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What a disk does at its RAM limit, after it has packed its memory as tightly as it can: first grow, then wait.
 *
 * @param growTo up to here the limit rises by itself, in steps, while the machine has memory to spare; it falls back to
 *     the RAM limit when the disk holds less again. Null: the RAM limit is fixed
 * @param fullWait how long a write waits for room when the limit cannot rise
 */
public record FullPolicy(@Nullable ByteSize growTo, FullWait fullWait) {
    /** A fixed limit, and the usual waiting. */
    public static final FullPolicy DEFAULT = new FullPolicy(null, FullWait.AUTO);

    /** From the wire: both may be left out. */
    @JsonCreator
    static FullPolicy fromProperties(
            @JsonProperty("growTo") @Nullable ByteSize growTo, @JsonProperty("fullWait") @Nullable FullWait fullWait) {
        return new FullPolicy(growTo, fullWait == null ? FullWait.AUTO : fullWait);
    }
}
