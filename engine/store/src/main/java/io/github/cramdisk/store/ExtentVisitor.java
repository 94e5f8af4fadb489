// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

/** Receives the extents of a range in order. */
@FunctionalInterface
public interface ExtentVisitor {
    /**
     * @param lengthBytes at least 1
     * @param hole never written, or trimmed since
     * @param zero reads as zeroes
     * @return whether to go on
     */
    boolean extent(long lengthBytes, boolean hole, boolean zero);
}
