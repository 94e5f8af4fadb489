// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.api.Subscription;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class EngineClientTest {
    private static final EngineClient.Timeouts PATIENT =
            new EngineClient.Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(20));
    private static final EngineClient.Timeouts HASTY =
            new EngineClient.Timeouts(Duration.ofMillis(300), Duration.ofMillis(200), Duration.ofMillis(200));
    private static final Snapshot SNAPSHOT = new Snapshot(
            1, JsonContractTest.MEMORY, List.of(JsonContractTest.STATS), List.of(JsonContractTest.VOLUME), List.of());

    private static EngineClient connect(ScriptedEngine engine) {
        return EngineClient.connect(engine.socket(), PATIENT);
    }

    @Test
    void callsOfManyThreadsGetTheirOwnAnswers() throws Exception {
        try (ScriptedEngine engine = new ScriptedEngine((request, connection, channel) -> {
                    DiskInfo template = JsonContractTest.INFO;
                    ScriptedEngine.answer(
                            connection,
                            request,
                            DiskInfo.ofServing(
                                    DiskSpec.of(request.params().get("name").textValue(), ByteSize.ofKibi(4)),
                                    template.uri(),
                                    0,
                                    0,
                                    0,
                                    0));
                });
                EngineClient client = connect(engine)) {
            List<CompletableFuture<String>> names = IntStream.range(0, 200)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> client.showDisk("disk" + i).name()))
                    .toList();
            for (int i = 0; i < names.size(); i++) {
                assertThat(names.get(i).get()).isEqualTo("disk" + i);
            }
        }
    }

    @Test
    void answersMayComeInAnyOrder() throws Exception {
        BlockingQueue<RpcRequest> held = new LinkedBlockingQueue<>();
        try (ScriptedEngine engine = new ScriptedEngine((request, connection, channel) -> {
                    if (request.method().equals(RpcMethods.DISK_TRIM)) {
                        held.add(request);
                    } else {
                        ScriptedEngine.answer(connection, request, List.of());
                        RpcRequest first = held.remove();
                        ScriptedEngine.answer(connection, first, new RpcMethods.Released(5));
                    }
                });
                EngineClient client = connect(engine)) {
            CompletableFuture<Long> slow =
                    CompletableFuture.supplyAsync(() -> client.trimDisk("t").bytes());
            await().until(() -> !held.isEmpty());
            assertThat(client.listDisks()).isEmpty();
            assertThat(slow.get()).isEqualTo(5);
        }
    }

    @Test
    void refusalsArriveWithTheirKind() throws Exception {
        try (ScriptedEngine engine = new ScriptedEngine((request, connection, channel) ->
                        connection.writeLine(RpcCodec.encode(RpcResponse.failed(
                                request.id(), RpcError.of(new CramdiskException(ErrorKind.NO_SUCH_DISK, "t"))))));
                EngineClient client = connect(engine)) {
            assertFails(ErrorKind.NO_SUCH_DISK, () -> client.diskStats("t"));
            assertFails(ErrorKind.NO_SUCH_DISK, () -> client.removeDisk("t", false));
            assertFails(ErrorKind.NO_SUCH_DISK, () -> client.serve("t"));
        }
    }

    @Test
    void aBadNameIsRefusedBeforeItIsSent() throws Exception {
        try (ScriptedEngine engine = new ScriptedEngine((request, connection, channel) -> {
                    throw new AssertionError(request);
                });
                EngineClient client = connect(engine)) {
            assertFails(ErrorKind.INVALID_NAME, () -> client.showDisk("../x"));
            assertFails(ErrorKind.INVALID_NAME, () -> client.serve("a b"));
        }
    }

    @Test
    void anAnswerOfAnotherShapeIsAProtocolError() throws Exception {
        try (ScriptedEngine engine = new ScriptedEngine(
                        (request, connection, channel) -> ScriptedEngine.answer(connection, request, "surprise"));
                EngineClient client = connect(engine)) {
            assertFails(ErrorKind.PROTOCOL, client::status);
        }
    }

    @Test
    void outstandingCallsEndWhenTheEngineDies() throws Exception {
        CountDownLatch asked = new CountDownLatch(3);
        try (ScriptedEngine engine = new ScriptedEngine((request, connection, channel) -> asked.countDown());
                EngineClient client = connect(engine)) {
            List<CompletableFuture<Object>> calls = IntStream.range(0, 3)
                    .mapToObj(i -> CompletableFuture.<Object>supplyAsync(client::listDisks))
                    .toList();
            asked.await();
            engine.die();
            for (CompletableFuture<Object> call : calls) {
                assertThatThrownBy(call::get)
                        .isInstanceOf(ExecutionException.class)
                        .cause()
                        .isInstanceOfSatisfying(
                                CramdiskException.class,
                                e -> assertThat(e.kind()).isEqualTo(ErrorKind.ENGINE_UNAVAILABLE));
            }
            assertFails(ErrorKind.ENGINE_UNAVAILABLE, client::listDisks);
        }
    }

    @Test
    void linesThatAreNoAnswersEndTheConnectionInsteadOfHangingIt() throws Exception {
        try (ScriptedEngine engine = new ScriptedEngine(
                        (request, connection, channel) -> connection.writeLine("SSH-2.0-hello".getBytes(UTF_8)));
                EngineClient client = connect(engine)) {
            assertFails(ErrorKind.ENGINE_UNAVAILABLE, client::status);
        }
    }

    @Test
    void anEngineThatFloodsWithoutALineEndIsCutOff() throws Exception {
        try (ScriptedEngine engine = new ScriptedEngine((request, connection, channel) -> {
                    while (true) {
                        channel.write(ByteBuffer.wrap(new byte[64 << 10]));
                    }
                });
                EngineClient client = connect(engine)) {
            assertFails(ErrorKind.ENGINE_UNAVAILABLE, client::status);
        }
    }

    @Test
    void anUnansweredCallEndsInTimeAndItsLateAnswerHarmsNobody() throws Exception {
        BlockingQueue<RpcRequest> held = new LinkedBlockingQueue<>();
        try (ScriptedEngine engine = new ScriptedEngine((request, connection, channel) -> {
                    if (request.method().equals(RpcMethods.ENGINE_STATUS)) {
                        held.add(request);
                    } else {
                        ScriptedEngine.answer(connection, held.remove(), "late");
                        ScriptedEngine.answer(connection, request, List.of());
                    }
                });
                EngineClient client = EngineClient.connect(engine.socket(), HASTY)) {
            assertFails(ErrorKind.ENGINE_UNAVAILABLE, client::status);
            assertThat(client.listDisks()).isEmpty();
        }
    }

    @Test
    void nobodyAtTheSocketIsSaidAtOnce(@TempDir Path directory) {
        assertFails(
                ErrorKind.ENGINE_UNAVAILABLE, () -> EngineClient.connect(directory.resolve("engine.sock"), PATIENT));
    }

    @Test
    void anEngineThatDoesNotAcceptIsGivenUpInTime(@TempDir Path directory) throws IOException {
        Path socket = directory.resolve("engine.sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket), 1);
            // The queue of a listener takes a few; the one after them waits.
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10; i++) {
                            EngineClient.connect(socket, HASTY);
                        }
                    })
                    .isInstanceOf(CramdiskException.class);
        }
    }

    @Test
    void anInterruptedCallerLeavesTheConnectionToTheOthers() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (ScriptedEngine engine = new ScriptedEngine((request, connection, channel) -> {
                    if (request.method().equals(RpcMethods.DISK_LIST)) {
                        ScriptedEngine.answer(connection, request, List.of());
                    } else {
                        asked.countDown();
                    }
                });
                EngineClient client = connect(engine)) {
            CompletableFuture<Boolean> keptInterrupt = new CompletableFuture<>();
            Thread caller = new Thread(() -> {
                try {
                    client.status();
                } catch (CramdiskException e) {
                    keptInterrupt.complete(Thread.currentThread().isInterrupted());
                }
            });
            caller.start();
            asked.await();
            caller.interrupt();
            assertThat(keptInterrupt.get()).isTrue();

            // Interrupted before it even sends.
            Thread.currentThread().interrupt();
            assertFails(ErrorKind.ENGINE_UNAVAILABLE, client::status);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(client.listDisks()).isEmpty();
        }
    }

    @Test
    void deliversSnapshotsEvenRightBehindTheAnswerAndUnsubscribes() throws Exception {
        CountDownLatch unsubscribed = new CountDownLatch(1);
        try (ScriptedEngine engine = new ScriptedEngine((request, connection, channel) -> {
                    if (request.method().equals(RpcMethods.STATS_SUBSCRIBE)) {
                        ScriptedEngine.answer(connection, request, new RpcMethods.SubscriptionId(9));
                        ScriptedEngine.notify(
                                connection, RpcMethods.STATS_SNAPSHOT, new RpcMethods.SnapshotEvent(9, SNAPSHOT));
                    } else {
                        assertThat(request.params().get("subscription").asLong())
                                .isEqualTo(9);
                        unsubscribed.countDown();
                        ScriptedEngine.answer(connection, request, true);
                    }
                });
                EngineClient client = connect(engine)) {
            BlockingQueue<Snapshot> snapshots = new LinkedBlockingQueue<>();
            Subscription subscription = client.subscribe(1, snapshots::add, () -> {});
            assertThat(snapshots.poll(10, TimeUnit.SECONDS)).isEqualTo(SNAPSHOT);
            subscription.close();
            assertThat(unsubscribed.await(10, TimeUnit.SECONDS)).isTrue();
            subscription.close();
        }
    }

    @Test
    void aSubscriberMayCallTheEngineFromItsCallback() throws Exception {
        try (ScriptedEngine engine = new ScriptedEngine((request, connection, channel) -> {
                    if (request.method().equals(RpcMethods.STATS_SUBSCRIBE)) {
                        ScriptedEngine.answer(connection, request, new RpcMethods.SubscriptionId(1));
                        ScriptedEngine.notify(
                                connection, RpcMethods.STATS_SNAPSHOT, new RpcMethods.SnapshotEvent(1, SNAPSHOT));
                    } else {
                        ScriptedEngine.answer(connection, request, List.of());
                    }
                });
                EngineClient client = connect(engine)) {
            CompletableFuture<Integer> called = new CompletableFuture<>();
            client.subscribe(1, s -> called.complete(client.listDisks().size()), () -> {});
            assertThat(called.get()).isZero();
        }
    }

    @Test
    void aSlowSubscriberMissesTheOldestSnapshotsOnly() throws Exception {
        int sent = SnapshotDelivery.MAX_WAITING * 4;
        try (ScriptedEngine engine = new ScriptedEngine((request, connection, channel) -> {
                    if (request.method().equals(RpcMethods.STATS_SUBSCRIBE)) {
                        ScriptedEngine.answer(connection, request, new RpcMethods.SubscriptionId(1));
                        for (int i = 1; i <= sent; i++) {
                            Snapshot snapshot =
                                    new Snapshot(i, JsonContractTest.MEMORY, List.of(), List.of(), List.of());
                            ScriptedEngine.notify(
                                    connection, RpcMethods.STATS_SNAPSHOT, new RpcMethods.SnapshotEvent(1, snapshot));
                        }
                    } else {
                        ScriptedEngine.answer(connection, request, List.of());
                    }
                });
                EngineClient client = connect(engine)) {
            CountDownLatch release = new CountDownLatch(1);
            BlockingQueue<Long> times = new LinkedBlockingQueue<>();
            client.subscribe(
                    10,
                    snapshot -> {
                        try {
                            release.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        times.add(snapshot.timeMillis());
                    },
                    () -> {});
            client.listDisks();
            release.countDown();
            await().until(() -> times.contains((long) sent));
            assertThat(List.copyOf(times)).isSorted().hasSizeLessThanOrEqualTo(SnapshotDelivery.MAX_WAITING + 1);
        }
    }

    @Test
    void subscribersHearOnceThatTheEngineIsGone() throws Exception {
        AtomicInteger gone = new AtomicInteger();
        try (ScriptedEngine engine = new ScriptedEngine((request, connection, channel) ->
                        ScriptedEngine.answer(connection, request, new RpcMethods.SubscriptionId(1)));
                EngineClient client = connect(engine)) {
            Subscription subscription = client.subscribe(1, s -> {}, gone::incrementAndGet);
            engine.die();
            await().until(() -> gone.get() == 1);
            subscription.close();
            assertThat(gone).hasValue(1);
        }
    }

    @Test
    void closingTheClientIsNotTheEngineGoingAway() throws Exception {
        AtomicInteger gone = new AtomicInteger();
        try (ScriptedEngine engine = new ScriptedEngine((request, connection, channel) ->
                ScriptedEngine.answer(connection, request, new RpcMethods.SubscriptionId(1)))) {
            EngineClient client = connect(engine);
            client.subscribe(1, s -> {}, gone::incrementAndGet);
            client.close();
            client.close();
            assertFails(ErrorKind.ENGINE_UNAVAILABLE, client::listDisks);
            assertThat(gone).hasValue(0);
        }
    }

    @Test
    void stopReturnsWhenTheEngineHasHungUpEvenWithoutAnAnswer() throws Exception {
        try (ScriptedEngine engine = new ScriptedEngine((request, connection, channel) -> connection.close());
                EngineClient client = connect(engine)) {
            client.stop();
            assertFails(ErrorKind.ENGINE_UNAVAILABLE, client::stop);
        }
    }

    @Test
    void stopDoesNotBelieveAnEngineThatStays() throws Exception {
        try (ScriptedEngine engine = new ScriptedEngine(
                        (request, connection, channel) -> ScriptedEngine.answer(connection, request, true));
                EngineClient client = EngineClient.connect(engine.socket(), HASTY)) {
            assertFails(ErrorKind.ENGINE_UNAVAILABLE, client::stop);
        }
    }

    @Test
    void servingTurnsAConnectionOfItsOwnIntoPlainBytes() throws Exception {
        try (ScriptedEngine engine = new ScriptedEngine((request, connection, channel) -> {
                    if (request.method().equals(RpcMethods.DISK_SERVE)) {
                        // Answer and greeting in one write: the client reads beyond its line.
                        byte[] answer = RpcCodec.encode(RpcResponse.ok(Json.tree(request.id()), Json.tree(null)));
                        channel.write(ByteBuffer.allocate(answer.length + 9)
                                .put(answer)
                                .put("\nNBDMAGIC".getBytes(UTF_8))
                                .flip());
                        channel.write(UTF_8.encode("IHAVEOPT"));
                    } else {
                        ScriptedEngine.answer(connection, request, List.of());
                    }
                });
                EngineClient client = connect(engine)) {
            try (RawConnection raw = client.serve("t")) {
                ByteBuffer greeting = ByteBuffer.allocate(16);
                greeting.put(raw.readAhead().duplicate());
                while (greeting.hasRemaining()) {
                    assertThat(raw.channel().read(greeting)).isPositive();
                }
                assertThat(new String(greeting.array(), UTF_8)).isEqualTo("NBDMAGICIHAVEOPT");
                assertThat(client.listDisks()).isEmpty();
            }
        }
    }

    @Test
    void servingGivesUpOnAnEngineThatDoesNotAnswer() throws Exception {
        try (ScriptedEngine engine = new ScriptedEngine((request, connection, channel) -> {});
                EngineClient client = EngineClient.connect(engine.socket(), HASTY)) {
            assertFails(ErrorKind.ENGINE_UNAVAILABLE, () -> client.serve("t"));
        }
    }

    private static void assertFails(ErrorKind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CramdiskException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
