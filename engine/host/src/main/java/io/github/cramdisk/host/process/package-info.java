// SPDX-License-Identifier: Apache-2.0
/** Which processes keep a mount or a device busy. Depends on the readers of mounts and the record of the API for it. */
@NullMarked
package io.github.cramdisk.host.process;

import org.jspecify.annotations.NullMarked;
