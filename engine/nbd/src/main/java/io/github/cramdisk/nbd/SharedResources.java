// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

/** What all sessions of a server share. */
record SharedResources(BufferPool buffers, Workers workers, ParkingReserve reserve) {}
