// SPDX-License-Identifier: Apache-2.0
/**
 * A disk as a mounted filesystem: the form that asks for it, its progress, and the strip on the page of a disk that says
 * where it is.
 */
@NullMarked
package io.github.cramdisk.gui.attach;

import org.jspecify.annotations.NullMarked;
