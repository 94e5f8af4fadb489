// SPDX-License-Identifier: Apache-2.0
/** Tries kinds of storage in memory with files of the user. */
@NullMarked
package io.github.cramdisk.daemon.compare;

import org.jspecify.annotations.NullMarked;
