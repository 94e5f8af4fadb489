// SPDX-License-Identifier: Apache-2.0
/** The network block devices of the kernel: read from /sys, set up and taken down by generic netlink. */
@NullMarked
package io.github.cramdisk.host.nbd;

import org.jspecify.annotations.NullMarked;
