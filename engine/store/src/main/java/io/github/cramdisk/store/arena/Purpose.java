// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store.arena;

/** What a slot is wanted for: it decides whether the reserve of the RAM limit may be used. */
public enum Purpose {
    /** A block that had no slot. */
    FRESH,
    /** A block whose old slot is freed right after. */
    REPLACE,
    /** A slot that takes the place of others and is no larger: compaction, squeezing, another codec. */
    MOVE
}
