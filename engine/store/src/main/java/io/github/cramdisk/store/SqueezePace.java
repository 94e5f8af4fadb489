// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

/** Says how much of a processor squeezing may take now. */
@FunctionalInterface
public interface SqueezePace {
    /** Share of one processor, 0 (not now) to 1. Asked a few times a second. */
    double share();
}
