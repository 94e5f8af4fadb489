// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

/**
 * Says whether the machine can spare memory. Asked before each piece of arena or index is taken, because
 * {@code fallocate} knows the size of the tmpfs only, not what the machine or the control group has left.
 */
@FunctionalInterface
public interface MemoryGate {
    MemoryGate OPEN = bytes -> true;

    /** Must answer in microseconds; called with locks held. */
    boolean allows(long bytes);
}
