// SPDX-License-Identifier: Apache-2.0
/** The list of long work: begun by a use case, shown to front ends, cancelled by them. Knows no use case. */
@NullMarked
package io.github.cramdisk.daemon.job;

import org.jspecify.annotations.NullMarked;
