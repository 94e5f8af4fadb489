// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Serves exports over NBD: to whoever connects to its Unix socket, and on channels that others have connected.
 *
 * <p>Each connection has a thread of its own; large pieces of work are shared with as many worker threads as there are
 * cores. At most 64 connections are served at once; more are closed before the greeting. Thread-safe.
 */
public final class NbdServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(NbdServer.class.getName());

    private static final Duration CLOSING_GRACE = Duration.ofSeconds(1);
    private static final int EXTRA_BUFFERS_PER_CORE = 4;

    private final Workers workers;
    private final SharedResources shared;
    private final Set<NbdSession> sessions = new LinkedHashSet<>();
    private final @Nullable UnixListener listener;
    private final @Nullable Thread acceptor;
    private int threads;
    private boolean closed;

    private NbdServer(@Nullable UnixListener listener, ExportDirectory exports) {
        int cores = Runtime.getRuntime().availableProcessors();
        this.workers = new Workers(cores);
        this.shared = new SharedResources(
                new BufferPool(EXTRA_BUFFERS_PER_CORE * cores),
                workers,
                new ParkingReserve(NbdLimits.PARKED_PAYLOAD_BYTES));
        this.listener = listener;
        if (listener == null) {
            this.acceptor = null;
        } else {
            this.acceptor = new Thread(() -> accept(listener, exports), "nbd-accept");
            this.acceptor.setDaemon(true);
            this.acceptor.start();
        }
    }

    /**
     * Starts a server on a Unix socket, which only its owner may use (0600). A socket file that no process listens on
     * is replaced.
     *
     * @param socket in a directory that only its owner may enter; at most 107 bytes long
     * @param exports what clients see, now and later
     * @throws IOException if another server listens there, if the path is no socket or too long, or if the socket
     *     cannot be made
     */
    public static NbdServer listen(Path socket, ExportDirectory exports) throws IOException {
        return new NbdServer(UnixListener.bind(socket), exports);
    }

    /** A server without a socket of its own, for {@link #serve} only. */
    public static NbdServer withoutSocket() {
        return new NbdServer(null, new Exports());
    }

    /**
     * Serves one client on a connected channel in blocking mode, in the calling thread, and closes the channel. A
     * {@link SocketChannel} can be ended gracefully; any other channel is simply closed under the session.
     *
     * @param exports what this client sees, see {@link ExportDirectory#only}
     * @return whether the session was served; false if the server is full or closed
     */
    public boolean serve(ByteChannel channel, ExportDirectory exports) {
        NbdSession session = admit(channel, exports);
        if (session == null) {
            closeQuietly(channel);
            return false;
        }
        session.run();
        return true;
    }

    /** Connections that are being served, in handshake or transmission. */
    public int connections() {
        synchronized (sessions) {
            return sessions.size();
        }
    }

    /** Payload of writes that wait for room. */
    long parkedBytes() {
        return shared.reserve().takenBytes();
    }

    /** Buffers on loan to sessions; none when there are no connections. */
    int lentBuffers() {
        return shared.buffers().lentBuffers();
    }

    int maximumExtraBuffers() {
        return shared.buffers().maximumExtras();
    }

    /** An extra buffer as a session would take it, or null if there is none to have. */
    @Nullable
    Lease tryExtraBuffer() {
        return shared.buffers().extra();
    }

    /**
     * Stops listening, answers what has been received, ends all connections and waits for them; a client that does not
     * read its answers is cut off after a second. No device is in use afterwards. Devices stay open. May be called
     * again.
     */
    @Override
    public void close() {
        List<NbdSession> ending;
        synchronized (sessions) {
            closed = true;
            ending = new ArrayList<>(sessions);
        }
        if (listener != null) {
            listener.close();
        }
        boolean interrupted = false;
        try {
            if (acceptor != null) {
                acceptor.join();
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        for (NbdSession session : ending) {
            session.end();
        }
        try {
            NbdSession.awaitAll(ending, CLOSING_GRACE);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        workers.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept(UnixListener listening, ExportDirectory exports) {
        boolean full = false; // said once, not for each client that is refused
        while (true) {
            SocketChannel channel;
            try {
                channel = listening.accept();
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                // Most likely out of descriptors, which ends when connections do.
                LOG.log(Level.WARNING, "cannot accept a connection", e);
                if (!listening.pause()) {
                    return;
                }
                continue;
            }
            NbdSession session = admit(channel, exports);
            if (session == null) {
                if (!full) {
                    LOG.log(Level.WARNING, "refusing connections: {0} are open", NbdLimits.MAXIMUM_CONNECTIONS);
                }
                full = true;
                closeQuietly(channel);
            } else {
                full = false;
                startThread(session);
            }
        }
    }

    private void startThread(NbdSession session) {
        Thread thread = new Thread(session, "nbd-session-" + ++threads);
        thread.setDaemon(true);
        boolean started = false;
        try {
            thread.start();
            started = true;
        } catch (OutOfMemoryError e) {
            LOG.log(Level.WARNING, "cannot start a thread for a connection", e);
        } finally {
            if (!started) {
                session.discard();
            }
        }
    }

    private @Nullable NbdSession admit(ByteChannel channel, ExportDirectory exports) {
        synchronized (sessions) {
            if (closed) {
                return null;
            }
            if (sessions.size() >= NbdLimits.MAXIMUM_CONNECTIONS) {
                cutOffOldestDawdler();
                return null;
            }
            NbdSession session = new NbdSession(channel, exports, shared, this::dismiss);
            sessions.add(session);
            return session;
        }
    }

    /** Makes room for the next to come; this one is refused, because the place is free only when that session ends. */
    private void cutOffOldestDawdler() {
        for (NbdSession session : sessions) {
            if (session.isDawdling()) {
                session.cutOff();
                return;
            }
        }
    }

    private void dismiss(NbdSession session) {
        synchronized (sessions) {
            sessions.remove(session);
        }
    }

    private static void closeQuietly(ByteChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.TRACE, "connection was closed already", e);
        }
    }
}
