// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.nbd;

/**
 * What a new device is given.
 *
 * @param blockBytes 512, 1024 or 4096
 * @param serverFlags transmission flags, as negotiated
 * @param deadConnectionSeconds how long requests wait for a new connection after the old one has died
 * @param identifier by which the device is found again; ASCII
 */
record NbdSettings(long sizeBytes, int blockBytes, int serverFlags, long deadConnectionSeconds, String identifier) {}
