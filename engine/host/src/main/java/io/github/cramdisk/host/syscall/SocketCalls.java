// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.syscall;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * Sockets whose descriptor can be handed on, which those of Java 17 cannot: Unix stream sockets for the kernel's end of a
 * disk, and generic netlink. Constants as on x86-64 and aarch64.
 */
public final class SocketCalls {
    private static final int AF_UNIX = 1;
    private static final int AF_NETLINK = 16;
    private static final int NETLINK_GENERIC = 16;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_TYPE = 3;
    private static final int SO_PEERCRED = 17;
    private static final int SO_RCVTIMEO = 20;
    private static final int SO_SNDTIMEO = 21;
    private static final int SO_DOMAIN = 39;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int SHUT_RDWR = 2;
    /** struct sockaddr_un: family, path. */
    private static final int UNIX_PATH_BYTES = 108;
    /** struct sockaddr_nl: family, padding, port id, groups. */
    private static final int NETLINK_ADDRESS_BYTES = 12;

    private SocketCalls() {}

    /**
     * What is at the other end of a socket.
     *
     * @param pid who listened for it
     */
    public record Peer(int pid, long uid) {
        private static final int BYTES = 12;
    }

    /** A stream connected to a Unix socket. */
    public static Descriptor connectUnix(Path path) throws KernelException {
        byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
        if (name.length >= UNIX_PATH_BYTES) {
            throw new IllegalArgumentException("the path of a socket is too long: " + path);
        }
        ByteBuffer address = ByteBuffer.allocate(Short.BYTES + name.length + 1).order(ByteOrder.nativeOrder());
        address.putShort((short) AF_UNIX).put(name);
        Descriptor socket = opened(LibC.C.socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
        return connected(socket, LibC.C.connect(socket.number(), address.array(), address.capacity()), "connect");
    }

    /** A bound socket of generic netlink. */
    public static Descriptor openNetlink() throws KernelException {
        ByteBuffer address = ByteBuffer.allocate(NETLINK_ADDRESS_BYTES).order(ByteOrder.nativeOrder());
        address.putShort((short) AF_NETLINK);
        Descriptor socket = opened(LibC.C.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC));
        return connected(socket, LibC.C.bind(socket.number(), address.array(), address.capacity()), "bind");
    }

    private static Descriptor connected(Descriptor socket, int result, String call) throws KernelException {
        if (result != 0) {
            KernelException failure = LibC.failure(call);
            socket.close();
            throw failure;
        }
        return socket;
    }

    /** After this time a receive or send fails with {@link Errno#EAGAIN}. */
    public static void limitWaiting(Descriptor socket, Duration most) throws KernelException {
        byte[] time = ByteBuffer.allocate(2 * Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(most.toSeconds())
                .putLong(most.toNanosPart() / 1000)
                .array();
        set(socket, SOL_SOCKET, SO_RCVTIMEO, time);
        set(socket, SOL_SOCKET, SO_SNDTIMEO, time);
    }

    /** Whether a descriptor is a stream socket of the Unix family. */
    public static boolean isUnixStream(Descriptor socket) {
        try {
            return get(socket, SO_DOMAIN, Integer.BYTES).getInt() == AF_UNIX
                    && get(socket, SO_TYPE, Integer.BYTES).getInt() == SOCK_STREAM;
        } catch (KernelException e) {
            // ENOTSOCK, mostly.
            return false;
        }
    }

    /** Who listened where a Unix stream socket is connected; process 0 where it is not connected. */
    public static Peer peer(Descriptor socket) throws KernelException {
        ByteBuffer credentials = get(socket, SO_PEERCRED, Peer.BYTES);
        return new Peer(credentials.getInt(), Integer.toUnsignedLong(credentials.getInt()));
    }

    /** Sends all of it. */
    public static void send(Descriptor socket, byte[] bytes) throws KernelException {
        int sent = 0;
        while (sent < bytes.length) {
            byte[] rest = sent == 0 ? bytes : Arrays.copyOfRange(bytes, sent, bytes.length);
            long now = LibC.C.send(socket.number(), rest, rest.length, MSG_NOSIGNAL);
            if (now >= 0) {
                sent += (int) now;
            } else if (LibC.errno() != Errno.EINTR) {
                throw LibC.failure("send");
            }
        }
    }

    /** Receives one message, or what a stream has; 0 at the end of a stream. */
    public static int receive(Descriptor socket, byte[] buffer) throws KernelException {
        while (true) {
            long got = LibC.C.recv(socket.number(), buffer, buffer.length, 0);
            if (got >= 0) {
                return (int) got;
            }
            if (LibC.errno() != Errno.EINTR) {
                throw LibC.failure("recv");
            }
        }
    }

    /** Ends a connection for everybody who holds it, the kernel too. */
    public static void shutDown(Descriptor socket) throws KernelException {
        if (LibC.C.shutdown(socket.number(), SHUT_RDWR) != 0) {
            throw LibC.failure("shutdown");
        }
    }

    private static ByteBuffer get(Descriptor socket, int option, int bytes) throws KernelException {
        byte[] value = new byte[bytes];
        if (LibC.C.getsockopt(socket.number(), SOL_SOCKET, option, value, new int[] {bytes}) != 0) {
            throw LibC.failure("getsockopt");
        }
        return ByteBuffer.wrap(value).order(ByteOrder.nativeOrder());
    }

    private static void set(Descriptor socket, int level, int option, byte[] value) throws KernelException {
        if (LibC.C.setsockopt(socket.number(), level, option, value, value.length) != 0) {
            throw LibC.failure("setsockopt");
        }
    }

    private static Descriptor opened(int number) throws KernelException {
        if (number < 0) {
            throw LibC.failure("socket");
        }
        return new Descriptor(number);
    }
}
