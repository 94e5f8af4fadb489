// SPDX-License-Identifier: Apache-2.0
/** Micro benchmarks of the store. The side-by-side comparison with peers is the script beside this module. */
@NullMarked
package io.github.cramdisk.bench;

import org.jspecify.annotations.NullMarked;
