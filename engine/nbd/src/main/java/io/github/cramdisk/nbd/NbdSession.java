// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection from its greeting to its end, on one thread.
 *
 * <p>{@link #end} and {@link #cutOff} may be called by any thread. The channel is closed, all memory is given back and
 * no other thread works for the session when it has {@linkplain #awaitAll ended}.
 */
final class NbdSession implements Runnable {
    private static final System.Logger LOG = System.getLogger(NbdSession.class.getName());

    private final ByteChannel channel;
    private final ExportDirectory exports;
    private final SharedResources shared;
    private final Consumer<NbdSession> atEnd;
    private final Activity activity = new Activity();
    private final long startedNanos = System.nanoTime();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean ending;
    private volatile boolean transmitting;
    private volatile @Nullable Parking parking;

    /** @param atEnd told when this session is over or has never begun, before {@link #awaitAll} returns */
    NbdSession(ByteChannel channel, ExportDirectory exports, SharedResources shared, Consumer<NbdSession> atEnd) {
        this.atEnd = atEnd;
        this.channel = channel;
        this.exports = exports;
        this.shared = shared;
    }

    /** Serves the connection until either side ends it; closes the channel. */
    @Override
    public void run() {
        shared.workers().register(activity);
        try {
            converse();
        } catch (HardDisconnect e) {
            LOG.log(Level.DEBUG, "closed a session: {0}", e.getMessage());
        } catch (ClosedChannelException e) {
            LOG.log(Level.DEBUG, "session was cut off");
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "session ended by its connection", e);
        } catch (RuntimeException | Error e) {
            // The edge of the session's thread: other sessions go on.
            LOG.log(Level.ERROR, "session failed", e);
        } finally {
            shared.workers().unregister(activity);
            discard();
        }
    }

    /** Ends a session that will not run any more. */
    void discard() {
        cutOff();
        atEnd.accept(this);
        ended.countDown();
    }

    /** Asks the session to end: what it has received is answered, nothing more is received. */
    void end() {
        ending = true;
        stopParking();
        if (channel instanceof SocketChannel socket) {
            try {
                socket.shutdownInput();
            } catch (IOException e) {
                LOG.log(Level.TRACE, "connection was closed already", e);
            }
        } else {
            cutOff();
        }
    }

    /** Closes the channel under the session, which ends as soon as the device returns. */
    void cutOff() {
        stopParking();
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.TRACE, "connection was closed already", e);
        }
    }

    /** What waits for room is not answered: the client asks again elsewhere, or is told by the end of the connection. */
    private void stopParking() {
        Parking waiting = parking;
        if (waiting != null) {
            waiting.stop();
        }
    }

    /**
     * Waits for sessions that have been asked to end, and cuts off those that have not after {@code grace}.
     *
     * @throws InterruptedException if interrupted; all sessions have been cut off nevertheless
     */
    static void awaitAll(Collection<NbdSession> sessions, Duration grace) throws InterruptedException {
        long deadline = System.nanoTime() + grace.toNanos();
        try {
            for (NbdSession session : sessions) {
                session.ended.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } finally {
            for (NbdSession session : sessions) {
                if (session.ended.getCount() > 0) {
                    session.cutOff();
                }
            }
        }
        for (NbdSession session : sessions) {
            session.ended.await();
        }
    }

    /** Whether the client has been in the handshake for longer than it may when others wait for its place. */
    boolean isDawdling() {
        return !transmitting
                && System.nanoTime() - startedNanos
                        > TimeUnit.MILLISECONDS.toNanos(NbdLimits.HANDSHAKE_PATIENCE_MILLIS);
    }

    private void converse() throws IOException {
        ByteChannel stream = channel instanceof SocketChannel socket
                ? new EagerChannel(socket, shared.workers(), activity)
                : channel;
        InputBuffer in = new InputBuffer(stream, shared.buffers());
        try {
            ReplyOutput out = new ReplyOutput(stream, shared.buffers(), activity);
            try {
                Negotiated negotiated = new Handshake(exports, in, out).run();
                if (negotiated != null) {
                    transmit(negotiated, in, out);
                }
            } finally {
                out.close();
            }
        } finally {
            in.close();
        }
    }

    private void transmit(Negotiated negotiated, InputBuffer in, ReplyOutput out) throws IOException {
        Export export = negotiated.export();
        if (!export.attach(this)) {
            throw new HardDisconnect("the export was removed during the handshake");
        }
        transmitting = true;
        try {
            Parking waiting = new Parking(negotiated, out, shared.reserve());
            parking = waiting;
            if (!ending) {
                new Transmission(negotiated, in, out, activity, shared, waiting).run();
            }
        } finally {
            export.detach(this);
        }
    }
}
