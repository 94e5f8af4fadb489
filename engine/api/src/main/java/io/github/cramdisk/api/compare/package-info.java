// SPDX-License-Identifier: Apache-2.0
/** Kinds of storage in memory, compared with files of the user. */
@NullMarked
package io.github.cramdisk.api.compare;

import org.jspecify.annotations.NullMarked;
