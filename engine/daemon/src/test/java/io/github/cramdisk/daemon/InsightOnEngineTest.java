// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.insight.CodecReport;
import io.github.cramdisk.api.insight.DiskMap;
import io.github.cramdisk.api.insight.Insight;
import io.github.cramdisk.api.insight.Latency;
import io.github.cramdisk.api.insight.VolumeHistory;
import io.github.cramdisk.api.rpc.EngineClient;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Past, map and codecs of a disk, through the socket of a running engine. */
class InsightOnEngineTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private TestEngine engine;
    private EngineClient client;

    @BeforeEach
    void start() throws IOException {
        engine = new TestEngine();
        engine.start();
        client = engine.connect();
        client.createDisk(DiskSpec.of("d", ByteSize.ofMebi(64)));
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        engine.close();
    }

    private void write(int bytes) throws IOException {
        byte[] data = new byte[bytes];
        Random random = new Random(1);
        for (int i = 0; i < bytes; i++) {
            data[i] = (byte) ('a' + random.nextInt(6));
        }
        SocketAddress socket = UnixDomainSocketAddress.of(engine.files().nbdSocket());
        try (NbdTestClient nbd = new NbdTestClient(SocketChannel.open(socket), "d")) {
            nbd.write(0, data);
            nbd.read(0, 4096);
        }
    }

    @Test
    void thePastOfADiskGrowsAndOutlivesTheClient() throws IOException {
        write(4 << 20);
        client.close();
        client = engine.connect();
        await().atMost(PATIENCE).untilAsserted(() -> {
            VolumeHistory history = client.insight().history("d", Insight.SHORTEST);
            assertThat(history.size()).isGreaterThanOrEqualTo(2);
            assertThat(history.logicalBytes().get(history.size() - 1)).isEqualTo(4 << 20);
            assertThat(latency(history, "write").operations()).isPositive();
            Latency read = latency(history, "read");
            assertThat(read.p99Nanos()).isGreaterThanOrEqualTo(read.p50Nanos()).isPositive();
        });
        VolumeHistory day = client.insight().history("d", Insight.LONGEST);
        assertThat(day.stepMillis()).isEqualTo(300_000);
    }

    private static Latency latency(VolumeHistory history, String command) {
        return history.latencies().getOrDefault(command, Latency.NONE);
    }

    @Test
    void whatIsNotRecordedIsRefusedWithAReason() {
        assertThatThrownBy(() -> client.insight().history("nothing", Insight.SHORTEST))
                .isInstanceOfSatisfying(
                        CramdiskException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.NO_HISTORY));
        assertThatThrownBy(() -> client.insight().history("d", Duration.ofDays(2)))
                .isInstanceOfSatisfying(
                        CramdiskException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_ARGUMENT));
        assertThatThrownBy(() -> client.insight().diskMap(new DiskMap.Query("d", 64 << 20, 0, 10)))
                .isInstanceOfSatisfying(
                        CramdiskException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_ARGUMENT));
    }

    @Test
    void theMapShowsWhereTheDiskIsUsed() throws IOException {
        write(4 << 20);
        DiskMap map = client.insight().diskMap(new DiskMap.Query("d", 0, 0, 64));
        assertThat(map.cells()).isEqualTo(64);
        assertThat(map.cellBytes()).isEqualTo(1 << 20);
        assertThat(map.usedBlocks().get(3)).isEqualTo(256);
        assertThat(map.usedBlocks().get(4)).isZero();
        assertThat(map.ratio(0)).isBetween(1.2, 4.0);
        DiskMap part = client.insight().diskMap(new DiskMap.Query("d", 3 << 20, 2 << 20, 4096));
        assertThat(part.cells()).isEqualTo(512);
        assertThat(part.cellBytes()).isEqualTo(4096);
        assertThat(part.usedBlocks().sum()).isEqualTo(256);
    }

    @Test
    void codecsAreTriedWhileSomebodyAsks() throws IOException {
        assertThat(awaitResult().state()).isEqualTo(CodecReport.State.EMPTY);
        client.removeDisk("d", true);
        client.createDisk(DiskSpec.of("d", ByteSize.ofMebi(64)));
        write(4 << 20);
        CodecReport report = awaitResult();
        assertThat(report.trials()).hasSize(8);
        CodecReport.Trial current = report.trials().get(0);
        assertThat(current.codec()).isEqualTo(CodecSpec.LZ4);
        assertThat(current.current()).isTrue();
        assertThat(current.ratio()).isBetween(1.2, 4.0);
        assertThat(report.trials()).allSatisfy(trial -> {
            assertThat(trial.megabytesPerSecond()).isPositive();
            assertThat(trial.ratio()).isGreaterThanOrEqualTo(1.2);
        });
        assertThat(report.sampledBytes()).isPositive();
    }

    private CodecReport awaitResult() {
        await().atMost(PATIENCE).until(() -> client.insight().codecs("d").state() != CodecReport.State.SAMPLING);
        return client.insight().codecs("d");
    }
}
