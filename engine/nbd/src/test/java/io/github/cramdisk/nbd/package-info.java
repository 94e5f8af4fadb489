// SPDX-License-Identifier: Apache-2.0
/** Tests of the NBD server: over real Unix sockets, with a small client of our own and with the clients people use. */
@NullMarked
package io.github.cramdisk.nbd;

import org.jspecify.annotations.NullMarked;
