// SPDX-License-Identifier: Apache-2.0
/**
 * Disks of the engine as block devices of the kernel: what to ask for, and what is. Depends on the records of volumes,
 * whose filesystems and swap a disk can carry too.
 */
@NullMarked
package io.github.cramdisk.api.attach;

import org.jspecify.annotations.NullMarked;
