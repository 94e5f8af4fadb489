// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

/** How much one client, and all clients together, may ask of the server; sizes in bytes. */
final class NbdLimits {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    /** Longest READ and WRITE, announced as the maximum block size ("Block size constraints" in the protocol). */
    static final int MAXIMUM_PAYLOAD_BYTES = 32 * MIB;

    /** A refused WRITE payload up to this length is read and dropped; after a longer header the session is closed. */
    static final long MAXIMUM_DRAINED_PAYLOAD_BYTES = 64L * MIB;

    /** Option data kept in memory: the longest name with as many queries as anyone sends. */
    static final int MAXIMUM_OPTION_BYTES = 64 * KIB;

    /** Longer option data up to here is dropped and answered with an error; beyond it the session is closed. */
    static final int MAXIMUM_DRAINED_OPTION_BYTES = 4 * MIB;

    /** Options in one handshake; a client that sends more is closed. */
    static final int MAXIMUM_OPTIONS = 1024;

    /**
     * Connections at once, all exports together. Each owns two buffers, so that a server full of connections needs
     * 33 MiB of direct memory.
     */
    static final int MAXIMUM_CONNECTIONS = 64;

    /** A full server makes room by closing the oldest connection that has been in the handshake for longer. */
    static final long HANDSHAKE_PATIENCE_MILLIS = 2_000;

    /** What a piece of a long read or write may hold, and the longest READ that leaves in a single buffer. */
    static final int PIECE_BYTES = 256 * KIB;

    /** Room beside a piece for the headers before and behind it. */
    private static final int HEADROOM_BYTES = 4 * KIB;

    /**
     * Payload of writes that wait for room, all clients together. A client whose write finds no place here is not read
     * from until there is one.
     */
    static final long PARKED_PAYLOAD_BYTES = 16L * MIB;

    /** Size of every buffer of the server. */
    static final int BUFFER_BYTES = PIECE_BYTES + HEADROOM_BYTES;

    /** Pieces from this length on are worth waking another thread. */
    static final int HAND_OFF_BYTES = 64 * KIB;

    private NbdLimits() {}
}
