// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a text depends on beside the volumes.
 *
 * @param takenZram numbers of zram devices that other configuration of the machine makes
 * @param ramBytes memory of the machine for which it is (MemTotal), 0 for an unknown one
 * @param commandDirectory where the commands {@code cramdisk} and {@code cramdisk-engine} are installed
 * @param libraryDirectory where {@code cramdisk-zram} is installed
 */
public record RenderContext(
        SortedSet<Integer> takenZram, long ramBytes, String commandDirectory, String libraryDirectory) {
    /** For a machine of which nothing is known, with Cramdisk where packages put it. */
    public static final RenderContext ANYWHERE = new RenderContext(new TreeSet<>(), 0, "/usr/bin", "/usr/lib/cramdisk");

    public RenderContext {
        takenZram = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(takenZram));
    }
}
