// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cramdisk.api.rpc.RpcConnection;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SnapshotPublisherTest {
    private static final Duration PATIENCE = Duration.ofMillis(300);

    @TempDir
    Path directory;

    private final FakeEngine engine = new FakeEngine();
    private final AtomicBoolean broken = new AtomicBoolean();
    private SnapshotPublisher publisher;
    private ServerSocketChannel listener;
    private Path socket;

    @BeforeEach
    void start() throws IOException {
        socket = directory.resolve("s");
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        publisher = new SnapshotPublisher(
                () -> {
                    if (broken.get()) {
                        throw new IllegalStateException("a defect");
                    }
                    return engine.snapshot();
                },
                PATIENCE);
        publisher.start();
    }

    @AfterEach
    void stop() throws IOException {
        publisher.close();
        listener.close();
    }

    private record Client(RawClient reading, SnapshotPublisher.Subscriber subscriber) {}

    private Client subscribe(long id, int hertz) throws IOException {
        RawClient reading = new RawClient(socket);
        SnapshotPublisher.Subscriber subscriber = publisher.subscriber(id, hertz, new RpcConnection(listener.accept()));
        subscriber.start();
        return new Client(reading, subscriber);
    }

    @Test
    void deliversTheFirstSnapshotAtOnceAndThenAtTheRateAskedFor() throws IOException {
        Client client = subscribe(7, 10);
        long first = System.nanoTime();
        for (int i = 0; i < 6; i++) {
            JsonNode event = client.reading.answer();
            assertThat(event.path("method").textValue()).isEqualTo("stats.snapshot");
            assertThat(event.path("params").path("subscription").asLong()).isEqualTo(7);
            assertThat(event.path("params")
                            .path("snapshot")
                            .path("memory")
                            .path("totalBytes")
                            .asLong())
                    .isEqualTo(100);
        }
        // One at once, then five on the grid of 100 ms: more than 400 ms later, whatever the load of the machine.
        assertThat(Duration.ofNanos(System.nanoTime() - first)).isGreaterThan(Duration.ofMillis(390));
    }

    @Test
    void takesOneSnapshotForAllWhoAreDue() throws IOException {
        Client[] clients = new Client[10];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = subscribe(i, 10);
        }
        for (int event = 0; event < 10; event++) {
            for (Client client : clients) {
                client.reading.answer();
            }
        }
        // 100 deliveries; each start may have made a snapshot of its own, ticks are shared.
        assertThat(engine.snapshots.get()).isLessThan(60);
    }

    @Test
    void takesNoSnapshotsWithoutSubscribers() throws IOException {
        Client client = subscribe(1, 10);
        client.reading.answer();
        client.subscriber.stop();
        Client other = subscribe(2, 1);
        other.reading.answer();
        other.subscriber.stop();
        int taken = engine.snapshots.get();

        await().during(Duration.ofMillis(300)).until(() -> engine.snapshots.get() <= taken + 1);
    }

    @Test
    void aSubscriberThatDoesNotReadMissesTicksIsDisconnectedAndDelaysNobody() throws IOException {
        engine.snapshotDisks = 200;
        Client deaf = subscribe(1, 10);
        Client good = subscribe(2, 10);

        long previous = 0;
        for (int i = 0; i < 15; i++) {
            long number = good.reading
                    .answer()
                    .path("params")
                    .path("snapshot")
                    .path("timeMillis")
                    .asLong();
            assertThat(number).isGreaterThan(previous);
            previous = number;
        }
        long received = 0;
        while (deaf.reading.line() != null) {
            received++;
        }
        assertThat(received).isLessThan(15);
        good.reading.answer();
    }

    @Test
    void goesOnAfterASnapshotThatFailed() throws IOException {
        Client client = subscribe(1, 10);
        client.reading.answer();
        broken.set(true);
        await().during(Duration.ofMillis(250)).until(broken::get);
        broken.set(false);

        client.reading.answer();
        client.reading.answer();
    }
}
