// SPDX-License-Identifier: Apache-2.0
/** The index of a store: entries, leaves and the header of the index file. */
@NullMarked
package io.github.cramdisk.store.index;

import org.jspecify.annotations.NullMarked;
