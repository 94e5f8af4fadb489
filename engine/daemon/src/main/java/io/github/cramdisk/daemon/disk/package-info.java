// SPDX-License-Identifier: Apache-2.0
/**
 * The use cases of disks: each disk joins a definition, a store and an NBD export, and the registry keeps the three in
 * step when disks are created, changed, removed and found again at start.
 */
@NullMarked
package io.github.cramdisk.daemon.disk;

import org.jspecify.annotations.NullMarked;
