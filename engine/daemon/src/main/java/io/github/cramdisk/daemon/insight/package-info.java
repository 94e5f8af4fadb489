// SPDX-License-Identifier: Apache-2.0
/** The past of volumes in bounded memory, maps of disks, and what codecs would give; uses {@code daemon.disk}. */
@NullMarked
package io.github.cramdisk.daemon.insight;

import org.jspecify.annotations.NullMarked;
