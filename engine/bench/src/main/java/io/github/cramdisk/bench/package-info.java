// SPDX-License-Identifier: Apache-2.0
/** Micro benchmarks of the store and the NBD server, and the side-by-side comparison with peers. */
@NullMarked
package io.github.cramdisk.bench;

import org.jspecify.annotations.NullMarked;
