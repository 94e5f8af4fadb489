// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.rpc;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.rpc.RpcCodec;
import io.github.cramdisk.api.rpc.RpcConnection;
import io.github.cramdisk.api.rpc.RpcError;
import io.github.cramdisk.api.rpc.RpcResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Accepts front ends on {@code engine.sock} (mode 0600), one thread each, at most {@link #MAX_CONNECTIONS}.
 *
 * <p>{@link #close} ends accepting and all deliveries, but leaves connections open: their end tells a client that asked
 * the engine to stop that it is gone, so it comes with the end of the process, or with {@link #closeConnections}.
 */
public final class RpcServer implements AutoCloseable {
    static final int MAX_CONNECTIONS = 64;
    /** A hundred times what any request needs, and little enough that all connections together cannot fill the heap. */
    static final int MAX_REQUEST_BYTES = 64 << 10;

    private static final System.Logger LOG = System.getLogger(RpcServer.class.getName());
    /** After a failed accept (no file descriptor left), so that the loop does not spin. */
    private static final long ACCEPT_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Path path;
    private final ServerSocketChannel listener;
    private final RequestDispatcher dispatcher;
    private final SnapshotPublisher publisher;
    private final Set<RpcConnection> connections = new HashSet<>();
    private volatile boolean closed;

    private RpcServer(Path path, ServerSocketChannel listener, EngineCalls engine) {
        this.path = path;
        this.listener = listener;
        this.dispatcher = new RequestDispatcher(engine);
        this.publisher = new SnapshotPublisher(engine::snapshot);
    }

    /**
     * Listens and begins to answer. A socket that a dead engine left is replaced; the caller holds the engine's lock, so
     * no living one can be there.
     */
    public static RpcServer start(Path path, EngineCalls engine) throws IOException {
        Files.deleteIfExists(path);
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(path), MAX_CONNECTIONS);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        RpcServer server = new RpcServer(path, listener, engine);
        server.publisher.start();
        Thread thread = new Thread(server::accept, "rpc-accept");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private void accept() {
        while (!closed) {
            try {
                serve(listener.accept());
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.log(Level.WARNING, "a front end could not be accepted", e);
                LockSupport.parkNanos(ACCEPT_PAUSE_NANOS);
            }
        }
    }

    private void serve(SocketChannel channel) throws IOException {
        RpcConnection connection = new RpcConnection(channel, MAX_REQUEST_BYTES);
        boolean full;
        synchronized (connections) {
            full = connections.size() >= MAX_CONNECTIONS;
            if (!full) {
                connections.add(connection);
            }
        }
        if (full) {
            refuse(connection);
            return;
        }
        ClientConnection client = new ClientConnection(connection, dispatcher, publisher, () -> forget(connection));
        Thread thread = new Thread(client, "rpc");
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            // "unable to create native thread": the machine's trouble, which may pass; those who are connected stay.
            forget(connection);
            connection.close();
            throw new IOException("no thread for a front end", e);
        }
    }

    /** The answer fits into the socket's buffer, so this cannot block. */
    private static void refuse(RpcConnection connection) throws IOException {
        try (connection) {
            CramdiskException told = new CramdiskException(
                    ErrorKind.ENGINE_UNAVAILABLE,
                    "it has " + MAX_CONNECTIONS + " connections already. Close a program that uses it");
            connection.writeLine(RpcCodec.encode(RpcResponse.failed(null, RpcError.of(told))));
        }
    }

    private void forget(RpcConnection connection) {
        synchronized (connections) {
            connections.remove(connection);
        }
    }

    int connectionCount() {
        synchronized (connections) {
            return connections.size();
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        listener.close();
        Files.deleteIfExists(path);
        publisher.close();
    }

    /** Hangs up on every front end. */
    public void closeConnections() {
        Set<RpcConnection> all;
        synchronized (connections) {
            all = Set.copyOf(connections);
        }
        for (RpcConnection connection : all) {
            try {
                connection.close();
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "a connection could not be closed", e);
            }
        }
    }
}
