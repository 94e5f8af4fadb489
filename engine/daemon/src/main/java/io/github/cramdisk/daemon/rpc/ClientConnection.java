// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.rpc.RawConnection;
import io.github.cramdisk.api.rpc.RpcCodec;
import io.github.cramdisk.api.rpc.RpcConnection;
import io.github.cramdisk.api.rpc.RpcError;
import io.github.cramdisk.api.rpc.RpcFault;
import io.github.cramdisk.api.rpc.RpcLineTooLongException;
import io.github.cramdisk.api.rpc.RpcRequest;
import io.github.cramdisk.api.rpc.RpcResponse;
import io.github.cramdisk.daemon.rpc.Reply.HandOver;
import io.github.cramdisk.daemon.rpc.Reply.Then;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One front end: reads its requests one by one and answers each before the next, on a thread of its own. What may take
 * long, or wait for a person, gets a thread too, so that its job can be watched and cancelled on the same connection; only
 * when {@link #MOST_APART} of those are under way does it keep the next request waiting.
 */
final class ClientConnection implements Runnable {
    private static final System.Logger LOG = System.getLogger(ClientConnection.class.getName());

    /** Of one connection; a front end has few reasons for more than one. */
    static final int MOST_APART = 4;

    private static final int DRAIN_BUFFER_BYTES = 8 << 10;
    private static final long MAX_DRAINED_BYTES = 64L << 20;

    private final RpcConnection connection;
    private final RequestDispatcher dispatcher;
    private final Subscriptions subscriptions;
    private final Runnable onEnd;
    /** Long requests under way that are not answered yet. */
    private final AtomicInteger apart = new AtomicInteger();

    /** @param onEnd called once when the connection is closed or no longer JSON-RPC */
    ClientConnection(
            RpcConnection connection, RequestDispatcher dispatcher, SnapshotPublisher publisher, Runnable onEnd) {
        this.connection = connection;
        this.dispatcher = dispatcher;
        this.subscriptions = new Subscriptions(publisher, connection);
        this.onEnd = onEnd;
    }

    @Override
    public void run() {
        HandOver handOver = null;
        try {
            handOver = serve();
        } catch (IOException e) {
            // The client is gone, as clients may be at any time.
            LOG.log(Level.DEBUG, "connection lost", e);
        } finally {
            subscriptions.removeAll();
            if (handOver == null) {
                close();
            }
            onEnd.run();
        }
        if (handOver != null) {
            handOver(handOver);
        }
    }

    /** Answers requests until the client is gone (null) or the connection becomes something else. */
    private @Nullable HandOver serve() throws IOException {
        try {
            for (byte[] line = connection.readLine(); line != null; line = connection.readLine()) {
                HandOver handOver = answer(line);
                if (handOver != null) {
                    return handOver;
                }
            }
        } catch (RpcLineTooLongException e) {
            write(RpcResponse.failed(
                    null, new RpcError(RpcError.INVALID_REQUEST, String.valueOf(e.getMessage()), null)));
            drain();
        }
        return null;
    }

    /**
     * Reads on for a while without keeping anything. Were the socket closed with bytes in it, the client would see a reset
     * connection instead of the error that it was sent.
     */
    private void drain() throws IOException {
        try (RawConnection raw = connection.detach()) {
            raw.channel().shutdownOutput();
            ByteBuffer sink = ByteBuffer.allocate(DRAIN_BUFFER_BYTES);
            long left = MAX_DRAINED_BYTES;
            for (int read = 0; read >= 0 && left > 0; left -= read) {
                read = raw.channel().read(sink.clear());
            }
        }
    }

    private @Nullable HandOver answer(byte[] line) throws IOException {
        RpcRequest request;
        try {
            if (!(RpcCodec.decode(line) instanceof RpcRequest decoded)) {
                throw new RpcFault(
                        RpcError.INVALID_REQUEST, "the engine asks nothing, so nothing can be answered", null);
            }
            request = decoded;
        } catch (RpcFault e) {
            write(RpcResponse.failed(null, e.toError()));
            return null;
        }
        if (RequestDispatcher.mayTakeLong(request.method()) && apart.get() < MOST_APART && startApart(request)) {
            return null;
        }
        return answer(request);
    }

    /** @return false where the machine has no thread for it */
    private boolean startApart(RpcRequest request) {
        Thread thread = new Thread(() -> answerApart(request), "rpc-long");
        thread.setDaemon(true);
        apart.incrementAndGet();
        try {
            thread.start();
            return true;
        } catch (OutOfMemoryError e) {
            apart.decrementAndGet();
            return false;
        }
    }

    private void answerApart(RpcRequest request) {
        try {
            answer(request);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a client did not wait for its answer", e);
        } finally {
            apart.decrementAndGet();
        }
    }

    private @Nullable HandOver answer(RpcRequest request) throws IOException {
        Reply reply;
        try {
            reply = dispatcher.dispatch(request, subscriptions);
        } catch (RpcFault e) {
            respond(request, RpcResponse.failed(request.id(), e.toError()));
            return null;
        } catch (CramdiskException e) {
            if (e.kind() == ErrorKind.INTERNAL) {
                LOG.log(Level.ERROR, "request " + request.method() + " failed", e);
            }
            respond(request, RpcResponse.failed(request.id(), RpcError.of(e)));
            return null;
        } catch (RuntimeException e) {
            // The edge of this thread: a defect in one use case must not end the connection.
            LOG.log(Level.ERROR, "request " + request.method() + " failed", e);
            CramdiskException told = new CramdiskException(ErrorKind.INTERNAL, e, e.toString());
            respond(request, RpcResponse.failed(request.id(), RpcError.of(told)));
            return null;
        }
        JsonNode id = request.id();
        if (id != null) {
            write(RpcResponse.ok(id, reply.result()));
        }
        if (reply.next() instanceof Then then) {
            then.action().run();
        }
        // Without an id nothing told the client that the session has begun; it goes on as JSON-RPC.
        return id != null && reply.next() instanceof HandOver handOver ? handOver : null;
    }

    /** Notifications are never answered, not even when they fail (JSON-RPC 2.0, section 4.1). */
    private void respond(RpcRequest request, RpcResponse response) throws IOException {
        if (request.id() != null) {
            write(response);
        }
    }

    private void write(RpcResponse response) throws IOException {
        try {
            connection.writeLine(RpcCodec.encode(response));
        } catch (RpcLineTooLongException e) {
            CramdiskException told = new CramdiskException(ErrorKind.INTERNAL, e, "the answer is too long");
            connection.writeLine(RpcCodec.encode(RpcResponse.failed(response.id(), RpcError.of(told))));
        }
    }

    private void handOver(HandOver handOver) {
        RawConnection raw = connection.detach();
        if (raw.readAhead().hasRemaining() || apart.get() > 0) {
            // The client must wait for the answer; what it sent before cannot be given to the session any more.
            close();
            return;
        }
        handOver.session().run(raw.channel());
    }

    void close() {
        try {
            connection.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a connection could not be closed", e);
        }
    }
}
