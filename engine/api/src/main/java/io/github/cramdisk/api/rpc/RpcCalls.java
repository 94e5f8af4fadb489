// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Requests and their answers, matched by id, over one connection. Thread-safe.
 *
 * <p>One thread reads, and one writes: an interrupted caller must not close the channel for all others, which is what a
 * write on its own thread would do. When reading ends, for whatever reason, every outstanding call fails at once.
 */
final class RpcCalls {
    private static final Duration WRITER_LINGERS = Duration.ofSeconds(10);

    private final RpcConnection connection;
    private final Consumer<RpcRequest> onNotification;
    private final Runnable onGone;
    private final Map<Long, Pending<?>> pending = new ConcurrentHashMap<>();
    private final AtomicLong nextId = new AtomicLong(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ThreadPoolExecutor writer;
    private volatile boolean closedHere;
    private volatile String goneReason = "it closed the connection";

    /**
     * @param onNotification called on the reading thread
     * @param onGone called once on the reading thread when the other end is gone; not after {@link #close}
     */
    RpcCalls(RpcConnection connection, Consumer<RpcRequest> onNotification, Runnable onGone) {
        this.connection = connection;
        this.onNotification = onNotification;
        this.onGone = onGone;
        this.writer = new ThreadPoolExecutor(
                1, 1, WRITER_LINGERS.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "cramdisk-rpc-writer");
                    thread.setDaemon(true);
                    return thread;
                });
        this.writer.allowCoreThreadTimeOut(true);
    }

    private record Pending<T>(Function<JsonNode, T> decoder, CompletableFuture<T> answer) {
        void complete(RpcResponse response) {
            try {
                if (response.error() != null) {
                    answer.completeExceptionally(response.error().toException());
                } else {
                    answer.complete(decoder.apply(response.result()));
                }
            } catch (CramdiskException e) {
                answer.completeExceptionally(e);
            }
        }
    }

    void start() {
        Thread reader = new Thread(this::read, "cramdisk-rpc-reader");
        reader.setDaemon(true);
        reader.start();
    }

    boolean isGone() {
        return ended.getCount() == 0;
    }

    /**
     * @param decoder turns the result into the value; runs on the reading thread before the next line is read
     * @throws CramdiskException the error of the answer, or {@link ErrorKind#ENGINE_UNAVAILABLE}
     */
    <T> T call(String method, JsonNode params, Duration timeout, Function<JsonNode, T> decoder) {
        long id = nextId.getAndIncrement();
        Pending<T> call = new Pending<>(decoder, new CompletableFuture<>());
        pending.put(id, call);
        try {
            if (isGone()) {
                throw gone();
            }
            send(RpcCodec.encode(RpcRequest.of(id, method, params)));
            return call.answer().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CramdiskException known
                    ? new CramdiskException(
                            known.kind(), known, known.arguments().toArray())
                    : new CramdiskException(ErrorKind.INTERNAL, e, String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            throw new CramdiskException(
                    ErrorKind.ENGINE_UNAVAILABLE,
                    e,
                    "it did not answer \"" + method + "\" within " + timeout.toSeconds() + " seconds");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CramdiskException(ErrorKind.ENGINE_UNAVAILABLE, e, "the wait for its answer was interrupted");
        } finally {
            pending.remove(id);
        }
    }

    /** A call whose success is that the other end answers, or hangs up without an answer, and is gone after it. */
    void callUntilGone(String method, Duration timeout) {
        if (isGone()) {
            throw gone();
        }
        try {
            call(method, JsonNodeFactory.instance.objectNode(), timeout, Function.identity());
        } catch (CramdiskException e) {
            if (e.kind() != ErrorKind.ENGINE_UNAVAILABLE || !isGone()) {
                throw e;
            }
        }
        try {
            if (!ended.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new CramdiskException(
                        ErrorKind.ENGINE_UNAVAILABLE,
                        "it agreed to stop, but was still there after " + timeout.toSeconds() + " seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CramdiskException(ErrorKind.ENGINE_UNAVAILABLE, e, "the wait for its end was interrupted");
        }
    }

    void close() {
        closedHere = true;
        hangUp();
        writer.shutdown();
    }

    private void send(byte[] line) {
        if (line.length > RpcConnection.MAX_LINE_BYTES) {
            throw new CramdiskException(ErrorKind.INVALID_ARGUMENT, "The request is too long.");
        }
        try {
            writer.execute(() -> {
                try {
                    connection.writeLine(line);
                } catch (IOException e) {
                    // The reader sees the same end and fails all calls; without this it might wait for ever.
                    hangUp();
                }
            });
        } catch (RejectedExecutionException e) {
            throw gone();
        }
    }

    private void read() {
        try {
            for (byte[] line = connection.readLine(); line != null; line = connection.readLine()) {
                dispatch(RpcCodec.decode(line));
            }
        } catch (IOException e) {
            goneReason = "the connection broke (" + e + ")";
        } catch (RpcFault | CramdiskException e) {
            goneReason = "it sent something that is no answer (" + e.getMessage() + ")";
        } finally {
            hangUp();
            ended.countDown();
            failOutstanding();
            if (!closedHere) {
                onGone.run();
            }
        }
    }

    private void dispatch(RpcMessage message) {
        if (message instanceof RpcRequest notification) {
            onNotification.accept(notification);
        } else if (message instanceof RpcResponse response) {
            // Without a match it is the late answer to a call that was given up.
            Pending<?> call = pending.remove(response.id().asLong(-1));
            if (call != null) {
                call.complete(response);
            }
        }
    }

    private void failOutstanding() {
        for (Pending<?> call : pending.values()) {
            call.answer().completeExceptionally(gone());
        }
    }

    private CramdiskException gone() {
        return new CramdiskException(
                ErrorKind.ENGINE_UNAVAILABLE, closedHere ? "the connection was closed" : goneReason);
    }

    private void hangUp() {
        try {
            connection.close();
        } catch (IOException e) {
            // Closed or not, it is not used any more.
        }
    }
}
