// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store.arena;

/** What there was too little of when memory was refused. */
public enum Shortage {
    /** The RAM limit of the store. */
    LIMIT,
    /** The machine, or the control group of this process. */
    MACHINE,
    /** The tmpfs that holds the files. */
    TMPFS
}
