// SPDX-License-Identifier: Apache-2.0
/**
 * The NBD server: wire, handshake, transmission and transports. Serves any {@link
 * io.github.cramdisk.nbd.BlockDevice}; depends on the JDK only.
 */
@NullMarked
package io.github.cramdisk.nbd;

import org.jspecify.annotations.NullMarked;
