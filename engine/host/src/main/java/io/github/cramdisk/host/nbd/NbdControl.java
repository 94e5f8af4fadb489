// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.nbd;

import io.github.cramdisk.host.syscall.Descriptor;
import io.github.cramdisk.host.syscall.Errno;
import io.github.cramdisk.host.syscall.KernelException;
import io.github.cramdisk.host.syscall.SocketCalls;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Tells the kernel what to do with its network block devices; drivers/block/nbd.c. Needs root. One request at a
 * time, each on a socket of its own. Without state.
 */
public final class NbdControl {
    /** A year: the kernel counts from the first request after the death, and at its end every request fails. */
    private static final Duration DEAD_CONNECTION_TIMEOUT = Duration.ofDays(365);

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int LARGEST_MESSAGE = 16 << 10;
    private static final int REQUEST = 1;

    private NbdControl() {}

    /** Whether the kernel knows network block devices now; a module that is not loaded is not known. */
    public static boolean isPresent() throws KernelException {
        try (Descriptor socket = open()) {
            family(socket);
            return true;
        } catch (KernelException e) {
            if (e.errno() == Errno.ENOENT) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Makes a device of a negotiated connection. Requests never time out, so a server that waits is not cut off.
     *
     * @param flags transmission flags of the negotiation
     * @return the number of the device, chosen by the kernel
     */
    public static int connect(Descriptor connection, long sizeBytes, int blockBytes, int flags, String identifier)
            throws KernelException {
        try (Descriptor socket = open()) {
            NbdSettings settings =
                    new NbdSettings(sizeBytes, blockBytes, flags, DEAD_CONNECTION_TIMEOUT.toSeconds(), identifier);
            byte[] request = NbdNetlink.connect(family(socket), REQUEST, settings, connection.number());
            for (NbdNetlink.Incoming answer : exchange(socket, request)) {
                OptionalInt index = answer.intAttribute(NbdNetlink.INDEX);
                if (index.isPresent()) {
                    return index.getAsInt();
                }
            }
            throw new KernelException("nbd connect", Errno.EINVAL, "it did not say which device it chose");
        }
    }

    /** Gives a device whose connection has died a new one. While the old one lives the kernel ignores this. */
    public static void reconnect(Descriptor connection, int device, String identifier) throws KernelException {
        try (Descriptor socket = open()) {
            exchange(socket, NbdNetlink.reconnect(family(socket), REQUEST, device, identifier, connection.number()));
        }
    }

    public static void resize(int device, String identifier, long sizeBytes) throws KernelException {
        try (Descriptor socket = open()) {
            exchange(socket, NbdNetlink.resize(family(socket), REQUEST, device, identifier, sizeBytes));
        }
    }

    /** Takes a device down at once; requests that wait fail. */
    public static void disconnect(int device) throws KernelException {
        try (Descriptor socket = open()) {
            exchange(socket, NbdNetlink.disconnect(family(socket), REQUEST, device));
        }
    }

    private static Descriptor open() throws KernelException {
        Descriptor socket = SocketCalls.openNetlink();
        SocketCalls.limitWaiting(socket, PATIENCE);
        return socket;
    }

    private static int family(Descriptor socket) throws KernelException {
        for (NbdNetlink.Incoming answer : exchange(socket, NbdNetlink.getFamily(REQUEST))) {
            OptionalInt id = answer.shortAttribute(NbdNetlink.CONTROL_FAMILY_ID);
            if (id.isPresent()) {
                return id.getAsInt();
            }
        }
        throw new KernelException("nbd", Errno.ENOENT, "generic netlink does not know it");
    }

    /** Sends a request and reads all that comes until it is acknowledged. */
    private static List<NbdNetlink.Incoming> exchange(Descriptor socket, byte[] request) throws KernelException {
        SocketCalls.send(socket, request);
        List<NbdNetlink.Incoming> answers = new ArrayList<>();
        while (true) {
            byte[] buffer = new byte[LARGEST_MESSAGE];
            int length = SocketCalls.receive(socket, buffer);
            for (NbdNetlink.Incoming message : split(buffer, length)) {
                if (message.family() != NbdNetlink.TYPE_ERROR) {
                    answers.add(message);
                } else if (message.errno() == 0) {
                    return answers;
                } else {
                    throw KernelException.of("nbd", message.errno());
                }
            }
        }
    }

    private static List<NbdNetlink.Incoming> split(byte[] buffer, int length) {
        List<NbdNetlink.Incoming> messages = new ArrayList<>();
        int at = 0;
        while (length - at >= NbdNetlink.HEADER_BYTES + NbdNetlink.GENERIC_HEADER_BYTES) {
            ByteBuffer rest = ByteBuffer.wrap(buffer, at, length - at).slice();
            int size = rest.order(java.nio.ByteOrder.nativeOrder()).getInt(0);
            if (size < NbdNetlink.HEADER_BYTES + NbdNetlink.GENERIC_HEADER_BYTES || size > length - at) {
                break;
            }
            messages.add(new NbdNetlink.Incoming(rest.limit(size).slice()));
            at += (size + 3) & ~3;
        }
        return messages;
    }
}
