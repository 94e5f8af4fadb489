// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.memory;

/**
 * The memory that would come back if a process ended, files it shares with nobody apart from its arenas included.
 *
 * @param anonymousBytes resident anonymous memory: heap, native allocations, stacks, written copies of file pages
 * @param swappedBytes anonymous memory that is in swap
 * @param privateFileBytes resident file pages (program, libraries, class archive) that no other process maps
 */
public record ProcessMemory(long anonymousBytes, long swappedBytes, long privateFileBytes) {

    /** The private memory of the process that is in RAM: its unique set size, arenas apart. */
    public long privateBytes() {
        return anonymousBytes + privateFileBytes;
    }
}
