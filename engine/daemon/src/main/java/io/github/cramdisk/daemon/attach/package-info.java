// SPDX-License-Identifier: Apache-2.0
/**
 * The use cases of disks on the kernel: attach, use, resize, detach, and the watch that gives a device a new connection
 * when its old one has died with an engine. The states and timers are in decision 0012.
 */
@NullMarked
package io.github.cramdisk.daemon.attach;

import org.jspecify.annotations.NullMarked;
