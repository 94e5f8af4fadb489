// SPDX-License-Identifier: Apache-2.0
/** The engine: use cases over the store, the NBD server and the host, and its main class. */
@NullMarked
package io.github.cramdisk.daemon;

import org.jspecify.annotations.NullMarked;
