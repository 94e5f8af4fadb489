// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.DiskStats;
import io.github.cramdisk.api.DiskUpdate;
import io.github.cramdisk.api.EngineEvent;
import io.github.cramdisk.api.EngineStatus;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.EventKind;
import io.github.cramdisk.api.FullPolicy;
import io.github.cramdisk.api.FullWait;
import io.github.cramdisk.api.MachineMemory;
import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.api.Subscription;
import io.github.cramdisk.api.WaitingWrites;
import io.github.cramdisk.api.job.JobKind;
import io.github.cramdisk.api.job.JobState;
import io.github.cramdisk.api.rpc.EngineClient;
import io.github.cramdisk.api.rpc.RawConnection;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EngineProcessTest {
    private static final int BLOCK = 4096;
    private static final DiskUpdate NO_CHANGE = new DiskUpdate(null, null, false, null);

    private TestEngine engine;
    private EngineClient client;

    @BeforeEach
    void start() throws IOException {
        engine = new TestEngine();
        engine.start();
        client = engine.connect();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        engine.close();
    }

    private void restart() throws IOException {
        client.close();
        engine.restart();
        client = engine.connect();
    }

    @Test
    void tellsWhoAndWhereItIs() throws IOException {
        EngineStatus status = client.status();

        assertThat(status.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(status.disks()).isZero();
        assertThat(status.socket()).isEqualTo(engine.files().nbdSocket().toString());
        assertThat(status.logFile()).isEqualTo(engine.files().engineLog().toString());
        assertThat(status.privateBytes()).isPositive();
        assertThat(status.uptimeSeconds()).isPositive();
        for (Path socket :
                new Path[] {engine.files().nbdSocket(), engine.files().engineSocket()}) {
            assertThat(mode(socket)).isEqualTo("rw-------");
        }
        assertThat(mode(engine.files().runtimeDirectory())).isEqualTo("rwx------");
        assertThat(engine.log()).contains("ready with 0 disks");
    }

    @Test
    void tellsTheMemoryOfTheMachineInPartsThatAddUp() {
        MachineMemory memory = client.memory();

        assertThat(memory.applicationsBytes()
                        + memory.kernelBytes()
                        + memory.sharedBytes()
                        + memory.disksBytes()
                        + memory.cacheBytes()
                        + memory.freeBytes())
                .isEqualTo(memory.totalBytes());
        assertThat(memory.engineBytes()).isBetween(1L, memory.applicationsBytes());
    }

    @Test
    void createsListsShowsAndRemovesDisks() throws IOException {
        DiskSpec spec = new DiskSpec(
                "two", ByteSize.ofGibi(2), CodecSpec.zstd(5), ByteSize.ofKibi(64), ByteSize.ofMebi(64), false);
        DiskInfo created = client.createDisk(spec);
        client.createDisk(DiskSpec.of("one", ByteSize.ofMebi(16)));

        assertThat(created.uri())
                .isEqualTo("nbd+unix:///two?socket=" + engine.files().nbdSocket());
        assertThat(created.sizeBytes()).isEqualTo(2L << 30);
        assertThat(created.codec()).isEqualTo(CodecSpec.zstd(5));
        assertThat(created.ramLimitBytes()).isEqualTo(64L << 20);
        assertThat(client.listDisks()).extracting(DiskInfo::name).containsExactly("one", "two");
        assertThat(client.showDisk("two")).isEqualTo(created);
        assertThat(client.status().disks()).isEqualTo(2);
        assertThat(engine.definition("two")).exists();

        client.removeDisk("two", false);
        assertThat(client.listDisks()).extracting(DiskInfo::name).containsExactly("one");
        assertThat(engine.definition("two")).doesNotExist();
        assertThat(arenaFiles("two")).isEmpty();
        assertKind(ErrorKind.NO_SUCH_DISK, () -> client.showDisk("two"));
        assertKind(ErrorKind.NO_SUCH_DISK, () -> client.removeDisk("two", true));
        assertKind(ErrorKind.NO_SUCH_DISK, () -> client.updateDisk("two", NO_CHANGE));
        assertKind(ErrorKind.DISK_EXISTS, () -> client.createDisk(DiskSpec.of("one", ByteSize.ofMebi(32))));
    }

    @Test
    void countsWhatClientsStoreAndAsk() throws IOException {
        client.createDisk(DiskSpec.of("d", ByteSize.ofMebi(64)));
        try (NbdTestClient nbd = nbd("d")) {
            nbd.write(0, text(256 * BLOCK));
            nbd.write(1 << 20, new byte[16 * BLOCK]);
            assertThat(nbd.read(0, 256 * BLOCK)).isEqualTo(text(256 * BLOCK));

            DiskStats stats = client.diskStats("d");
            assertThat(stats.info().clients()).isEqualTo(1);
            assertThat(stats.info().logicalBytes()).isEqualTo(272L * BLOCK);
            assertThat(stats.info().storedBytes()).isBetween(1L, 192L * BLOCK);
            assertThat(stats.info().residentBytes()).isPositive();
            assertThat(stats.blocks()).isEqualTo(new DiskStats.BlockCounts(16, 0, 0, 256, 0));
            assertThat(stats.histogram().stream()
                            .mapToLong(DiskStats.HistogramBucket::blocks)
                            .sum())
                    .isEqualTo(256);
            assertThat(stats.commands())
                    .containsKeys("write_zeroes", "block_status")
                    .doesNotContainKey("disc");
            assertThat(stats.commands().get("write")).isEqualTo(new DiskStats.CommandCounts(2, 272L * BLOCK, 0));
            assertThat(stats.commands().get("read")).isEqualTo(new DiskStats.CommandCounts(1, 256L * BLOCK, 0));
        }
        MachineMemory memory = client.memory();
        assertThat(memory.disksBytes()).isEqualTo(client.showDisk("d").residentBytes());
    }

    @Test
    void keepsDisksAndDataOverARestart() throws IOException {
        client.createDisk(new DiskSpec(
                "d", ByteSize.ofMebi(64), CodecSpec.zstd(3), ByteSize.ofKibi(16), ByteSize.ofMebi(32), false));
        try (NbdTestClient nbd = nbd("d")) {
            nbd.write(12345, text(1 << 20));
        }
        DiskInfo before = client.showDisk("d");

        restart();

        DiskInfo after = client.showDisk("d");
        assertThat(after.codec()).isEqualTo(before.codec());
        assertThat(after.ramLimitBytes()).isEqualTo(before.ramLimitBytes());
        assertThat(after.logicalBytes()).isEqualTo(before.logicalBytes());
        assertThat(after.storedBytes()).isEqualTo(before.storedBytes());
        try (NbdTestClient nbd = nbd("d")) {
            assertThat(nbd.read(12345, 1 << 20)).isEqualTo(text(1 << 20));
        }
    }

    @Test
    void makesAnEmptyDiskWhereTheMachineWasRestarted() throws IOException {
        client.createDisk(DiskSpec.of("d", ByteSize.ofMebi(64)));
        try (NbdTestClient nbd = nbd("d")) {
            nbd.write(0, text(BLOCK));
        }
        client.close();
        engine.stop();
        for (Path file : arenaFiles("d")) {
            Files.delete(file);
        }
        engine.start();
        client = engine.connect();

        assertThat(client.showDisk("d").logicalBytes()).isZero();
        try (NbdTestClient nbd = nbd("d")) {
            assertThat(nbd.read(0, BLOCK)).containsOnly(0);
        }
    }

    @Test
    void changesSettingsOfALiveDiskForGood() throws IOException {
        client.createDisk(DiskSpec.of("d", ByteSize.ofMebi(64)));
        try (NbdTestClient writer = nbd("d")) {
            writer.write(0, text(BLOCK));
            client.updateDisk("d", new DiskUpdate(CodecSpec.zstd(7), ByteSize.ofMebi(16), false, true));
            writer.write(BLOCK, text(BLOCK));
        }
        try (NbdTestClient reader = nbd("d")) {
            assertThat(reader.readOnly()).isTrue();
            assertThat(reader.read(BLOCK, BLOCK)).isEqualTo(text(BLOCK));
        }
        restart();
        DiskInfo info = client.updateDisk("d", new DiskUpdate(null, null, true, false));

        assertThat(info.codec()).isEqualTo(CodecSpec.zstd(7));
        assertThat(info.ramLimitBytes()).isNull();
        assertThat(info.readOnly()).isFalse();
        try (NbdTestClient writer = nbd("d")) {
            assertThat(writer.readOnly()).isFalse();
        }
    }

    @Test
    void refusesWritesAtTheRamLimitWithNoSpaceWhereTheUserWantsIt() throws IOException {
        client.createDisk(small(new FullPolicy(null, FullWait.FAIL)));
        int error = 0;
        try (NbdTestClient nbd = nbd("d")) {
            for (int i = 0; i < 64 && error == 0; i++) {
                error = nbd.tryWrite((long) i << 20, noise(i));
            }
            assertThat(error).isEqualTo(NbdTestClient.ENOSPC);
            assertThat(nbd.read(0, 1 << 20)).isEqualTo(noise(0));
        }
        assertThat(client.showDisk("d").residentBytes()).isLessThanOrEqualTo(8L << 20);
        await().untilAsserted(() -> assertThat(eventsOf("d")).contains(EventKind.DISK_WRITES_REFUSED));
        assertThat(engine.log()).containsOnlyOnce("were refused with");
    }

    @Test
    void aFullDiskWaitsIsShownAndGoesOnWhenItsLimitIsRaised() throws Exception {
        client.createDisk(small(FullPolicy.DEFAULT));
        CompletableFuture<Integer> written = CompletableFuture.supplyAsync(() -> fill(16));
        await().until(() -> client.showDisk("d").waiting() != null);
        WaitingWrites waiting = Objects.requireNonNull(client.showDisk("d").waiting());
        assertThat(waiting.writes()).isEqualTo(1);
        assertThat(waiting.bytes()).isEqualTo(1 << 20);
        assertThat(waiting.shortOf()).isEqualTo(WaitingWrites.Shortage.RAM_LIMIT);
        await().untilAsserted(() ->
                assertThat(eventsOf("d")).contains(EventKind.DISK_WATERMARK, EventKind.DISK_FULL_WAITING));
        assertThat(written.isDone()).isFalse();

        client.updateDisk("d", new DiskUpdate(null, ByteSize.ofMebi(64), false, null));
        assertThat(written.get(20, TimeUnit.SECONDS)).isEqualTo(16);
        assertThat(client.showDisk("d").waiting()).isNull();
        await().untilAsserted(() -> assertThat(eventsOf("d")).contains(EventKind.WRITES_RELEASED));
        try (NbdTestClient nbd = nbd("d")) {
            for (int i = 0; i < 16; i++) {
                assertThat(nbd.read((long) i << 20, 1 << 20)).isEqualTo(noise(i));
            }
        }
    }

    @Test
    void aFullDiskGrowsAsFarAsItMayAndFallsBack() throws Exception {
        client.createDisk(small(new FullPolicy(ByteSize.ofMebi(24), FullWait.FAIL)));
        assertThat(fill(30)).isBetween(15, 24);
        DiskInfo full = client.showDisk("d");
        assertThat(full.ramLimitBytes()).isEqualTo(8L << 20);
        assertThat(full.effectiveLimitBytes()).isEqualTo(24L << 20);
        assertThat(full.residentBytes()).isLessThanOrEqualTo(24L << 20);
        assertThat(eventsOf("d")).contains(EventKind.DISK_GROWN);
        restart();
        assertThat(client.showDisk("d").effectiveLimitBytes()).isGreaterThanOrEqualTo(full.residentBytes());
        try (NbdTestClient nbd = nbd("d")) {
            nbd.trim(0, 30 << 20);
        }
        await().until(() -> Long.valueOf(8L << 20).equals(client.showDisk("d").effectiveLimitBytes()));
    }

    private static DiskSpec small(FullPolicy whenFull) {
        return new DiskSpec(
                "d", ByteSize.ofMebi(64), CodecSpec.LZ4, ByteSize.ofKibi(4), ByteSize.ofMebi(8), false, whenFull);
    }

    /** Writes a MiB after the other; how many were written before one was refused. */
    private int fill(int count) {
        try (NbdTestClient nbd = nbd("d")) {
            for (int i = 0; i < count; i++) {
                if (nbd.tryWrite((long) i << 20, noise(i)) != 0) {
                    return i;
                }
            }
            return count;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] noise(int seed) {
        byte[] noise = new byte[1 << 20];
        new Random(seed).nextBytes(noise);
        return noise;
    }

    private List<EventKind> eventsOf(String disk) {
        return client.events(0).stream()
                .filter(event -> disk.equals(event.subject()))
                .map(EngineEvent::kind)
                .toList();
    }

    @Test
    void doesNotRemoveOrResetADiskInUseUnlessForced() throws IOException {
        client.createDisk(DiskSpec.of("d", ByteSize.ofMebi(64)));
        try (NbdTestClient nbd = nbd("d")) {
            nbd.write(0, text(BLOCK));
            assertKind(ErrorKind.DISK_IN_USE, () -> client.removeDisk("d", false));
            assertKind(ErrorKind.DISK_IN_USE, () -> client.resetDisk("d", false));
            nbd.write(BLOCK, text(BLOCK));

            assertThat(client.resetDisk("d", true).logicalBytes()).isZero();
            assertThat(nbd.isClosedByServer()).isTrue();
        }
        try (NbdTestClient nbd = nbd("d")) {
            assertThat(nbd.read(0, 2 * BLOCK)).containsOnly(0);
            assertThat(client.diskStats("d").commands())
                    .containsEntry("write", new DiskStats.CommandCounts(2, 2L * BLOCK, 0));
            client.removeDisk("d", true);
            assertThat(nbd.isClosedByServer()).isTrue();
        }
        assertThatThrownBy(() -> nbd("d")).isInstanceOf(IOException.class);
        assertThat(arenaFiles("d")).isEmpty();
    }

    @Test
    void resetsAnIdleDiskAndKeepsItsSettings() throws IOException {
        client.createDisk(new DiskSpec(
                "d", ByteSize.ofMebi(64), CodecSpec.zstd(3), ByteSize.ofKibi(8), ByteSize.ofMebi(32), false));
        DiskInfo fresh = client.showDisk("d");
        try (NbdTestClient nbd = nbd("d")) {
            nbd.write(0, text(1 << 20));
        }
        await().until(() -> client.showDisk("d").clients() == 0);

        assertThat(client.resetDisk("d", false)).isEqualTo(fresh);
    }

    @Test
    void givesMemoryBackWhenTrimmed() throws IOException {
        client.createDisk(DiskSpec.of("d", ByteSize.ofMebi(64)));
        byte[] noise = new byte[8 << 20];
        new Random(3).nextBytes(noise);
        try (NbdTestClient nbd = nbd("d")) {
            nbd.write(0, noise);
            nbd.trim(0, 7 << 20);
        }
        ByteSize released = client.trimDisk("d");

        assertThat(client.showDisk("d").residentBytes()).isLessThan(4L << 20);
        assertThat(released.bytes()).isGreaterThanOrEqualTo(0);
    }

    @Test
    void squeezesWhatIsOnADiskWhenAsked() throws IOException {
        client.createDisk(DiskSpec.of("d", ByteSize.ofMebi(64)));
        try (NbdTestClient nbd = nbd("d")) {
            nbd.write(0, text(256 * BLOCK));
            long stored = client.showDisk("d").storedBytes();

            client.squeezeDisk("d");

            DiskStats stats = client.diskStats("d");
            assertThat(stats.blocks().squeezed()).isEqualTo(256);
            assertThat(stats.info().storedBytes()).isLessThan(stored);
            assertThat(nbd.read(0, 256 * BLOCK)).isEqualTo(text(256 * BLOCK));
        }
        assertThat(client.jobs()).anySatisfy(job -> {
            assertThat(job.kind()).isEqualTo(JobKind.SQUEEZE);
            assertThat(job.state()).isEqualTo(JobState.DONE);
        });
        assertKind(ErrorKind.NO_SUCH_DISK, () -> client.squeezeDisk("x"));
    }

    @Test
    void servesOneDiskOnAConnectionOfTheFrontEnd() throws IOException {
        client.createDisk(DiskSpec.of("d", ByteSize.ofMebi(64)));
        client.createDisk(DiskSpec.of("e", ByteSize.ofMebi(64)));
        try (RawConnection raw = client.serve("d");
                NbdTestClient nbd = new NbdTestClient(raw.channel(), raw.readAhead(), "")) {
            nbd.write(0, text(BLOCK));
            assertThat(client.showDisk("d").clients()).isEqualTo(1);
        }
        try (NbdTestClient nbd = nbd("d")) {
            assertThat(nbd.read(0, BLOCK)).isEqualTo(text(BLOCK));
        }
        assertKind(ErrorKind.NO_SUCH_DISK, () -> client.serve("x"));
    }

    @Test
    void deliversSnapshotsUntilItStops() throws IOException, InterruptedException {
        client.createDisk(DiskSpec.of("d", ByteSize.ofMebi(64)));
        BlockingQueue<Snapshot> snapshots = new LinkedBlockingQueue<>();
        CountDownLatch gone = new CountDownLatch(1);
        try (Subscription subscription = client.subscribe(10, snapshots::add, gone::countDown)) {
            assertThat(subscription).isNotNull();
            for (int i = 0; i < 3; i++) {
                Snapshot snapshot = snapshots.poll(5, TimeUnit.SECONDS);
                assertThat(snapshot).isNotNull();
                assertThat(snapshot.disks())
                        .extracting(disk -> disk.info().name())
                        .containsExactly("d");
                assertThat(snapshot.memory().totalBytes()).isPositive();
            }
            engine.stop();
            assertThat(gone.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void startsWithoutTheDiskWhoseDefinitionIsBrokenAndTouchesNothingOfIt() throws IOException {
        client.createDisk(DiskSpec.of("bad", ByteSize.ofMebi(64)));
        client.createDisk(DiskSpec.of("good", ByteSize.ofMebi(64)));
        client.close();
        engine.stop();
        String broken = "size = \"64M\"\nram-limt = \"8M\"\n";
        Files.writeString(engine.definition("bad"), broken);
        engine.start();
        client = engine.connect();

        assertThat(client.listDisks()).extracting(DiskInfo::name).containsExactly("good");
        assertKind(ErrorKind.DEFINITION_UNUSABLE, () -> client.showDisk("bad"));
        assertKind(ErrorKind.DEFINITION_UNUSABLE, () -> client.createDisk(DiskSpec.of("bad", ByteSize.ofMebi(8))));
        assertKind(ErrorKind.DEFINITION_UNUSABLE, () -> client.removeDisk("bad", false));
        assertThat(engine.definition("bad")).hasContent(broken);
        assertThat(arenaFiles("bad")).isNotEmpty();
        assertThat(engine.log()).contains("ram-limt");

        client.removeDisk("bad", true);
        assertThat(engine.definition("bad")).doesNotExist();
        assertThat(arenaFiles("bad")).isEmpty();
        assertThat(client.createDisk(DiskSpec.of("bad", ByteSize.ofMebi(8))).logicalBytes())
                .isZero();
    }

    @Test
    void showsADamagedDiskRefusesToUseItAndServesTheOthers() throws IOException {
        client.createDisk(DiskSpec.of("bad", ByteSize.ofMebi(64)));
        client.createDisk(DiskSpec.of("good", ByteSize.ofMebi(64)));
        try (NbdTestClient nbd = nbd("good")) {
            nbd.write(0, text(BLOCK));
        }
        client.close();
        engine.stop();
        Path index = engine.files().arenaDirectory().resolve("bad.index");
        byte[] rubbish = new byte[BLOCK];
        new Random(5).nextBytes(rubbish);
        Files.write(index, rubbish);
        engine.start();
        client = engine.connect();

        assertThat(client.listDisks()).extracting(DiskInfo::name).containsExactly("bad", "good");
        assertThat(client.showDisk("bad").problem()).contains("cannot be opened", "disk remove bad --force");
        assertThat(client.listDisks())
                .filteredOn(disk -> disk.problem() != null)
                .extracting(DiskInfo::name)
                .containsExactly("bad");
        assertThat(client.events(0))
                .filteredOn(event -> event.kind() == EventKind.DISK_UNUSABLE)
                .extracting(EngineEvent::subject)
                .containsExactly("bad");
        assertKind(ErrorKind.ARENA_DAMAGED, () -> client.diskStats("bad"));
        assertKind(ErrorKind.ARENA_DAMAGED, () -> client.updateDisk("bad", NO_CHANGE));
        assertKind(ErrorKind.ARENA_DAMAGED, () -> client.resetDisk("bad", true));
        assertKind(ErrorKind.ARENA_DAMAGED, () -> client.removeDisk("bad", false));
        assertKind(ErrorKind.ARENA_DAMAGED, () -> client.serve("bad"));
        assertThatThrownBy(() -> nbd("bad")).isInstanceOf(IOException.class);
        assertThat(Files.readAllBytes(index)).isEqualTo(rubbish);
        try (NbdTestClient nbd = nbd("good")) {
            assertThat(nbd.read(0, BLOCK)).isEqualTo(text(BLOCK));
        }

        client.removeDisk("bad", true);
        assertThat(arenaFiles("bad")).isEmpty();
    }

    @Test
    void takesTheSizeFromTheDefinitionUnlessThatWouldCutOffData() throws IOException {
        client.createDisk(DiskSpec.of("d", ByteSize.ofMebi(64)));
        try (NbdTestClient nbd = nbd("d")) {
            nbd.write(40L << 20, text(BLOCK));
        }
        restartWith("size = \"32M\"\n");
        assertThat(client.showDisk("d").problem()).contains("64M", "d.toml");
        restartWith("size = \"48M\"\n");
        assertThat(client.showDisk("d").problem()).isNull();
        restartWith("size = \"1G\"\n");

        assertThat(client.showDisk("d").sizeBytes()).isEqualTo(1L << 30);
        try (NbdTestClient nbd = nbd("d")) {
            assertThat(nbd.read(40L << 20, BLOCK)).isEqualTo(text(BLOCK));
        }
        restartWith("size = \"1G\"\nblock-size = \"8K\"\n");
        assertThat(client.showDisk("d").problem()).contains("blocks of 4K");
    }

    private void restartWith(String definition) throws IOException {
        client.close();
        engine.stop();
        Files.writeString(engine.definition("d"), definition);
        engine.start();
        client = engine.connect();
    }

    @Test
    void resizesADiskInUseAndForGood() throws IOException {
        client.createDisk(DiskSpec.of("d", ByteSize.ofMebi(64)));
        try (NbdTestClient nbd = nbd("d")) {
            assertThat(nbd.tryWrite(64L << 20, text(BLOCK))).isEqualTo(NbdTestClient.ENOSPC);
            assertThat(client.resizeDisk("d", ByteSize.ofMebi(128)).sizeBytes()).isEqualTo(128L << 20);
            nbd.write(64L << 20, text(BLOCK));
            assertThatThrownBy(() -> client.resizeDisk("d", ByteSize.ofMebi(64)))
                    .isInstanceOfSatisfying(CramdiskException.class, e -> {
                        assertThat(e.kind()).isEqualTo(ErrorKind.DISK_HOLDS_DATA_BEYOND);
                        assertThat(e.arguments()).containsExactly("d", "64M", "65540K");
                    });
            nbd.trim(64L << 20, BLOCK);
            assertThat(client.resizeDisk("d", ByteSize.ofMebi(64)).sizeBytes()).isEqualTo(64L << 20);
            assertThat(nbd.tryWrite(64L << 20, text(BLOCK))).isEqualTo(NbdTestClient.ENOSPC);
        }
        restart();
        assertThat(client.showDisk("d").sizeBytes()).isEqualTo(64L << 20);
        assertKind(ErrorKind.INVALID_DISK_SIZE, () -> client.resizeDisk("d", new ByteSize(5)));
        assertKind(ErrorKind.NO_SUCH_DISK, () -> client.resizeDisk("x", ByteSize.ofMebi(64)));
    }

    @Test
    void keepsMemoryWithoutADefinitionUntilItsNameIsTakenAgain() throws IOException {
        client.createDisk(DiskSpec.of("d", ByteSize.ofMebi(64)));
        try (NbdTestClient nbd = nbd("d")) {
            nbd.write(0, text(BLOCK));
        }
        client.close();
        engine.stop();
        Files.delete(engine.definition("d"));
        engine.start();
        client = engine.connect();

        assertThat(client.listDisks()).isEmpty();
        assertThat(arenaFiles("d")).hasSize(2);
        assertThat(engine.log()).contains("disk d is in").contains("no definition");
        assertThat(client.createDisk(DiskSpec.of("d", ByteSize.ofMebi(64))).logicalBytes())
                .isZero();
    }

    @Test
    void createsNothingWhenTheDefinitionCannotBeWritten() throws IOException {
        Files.createDirectories(engine.files()
                .configDirectory()
                .resolve("disks")
                .resolve(".new-d")
                .resolve("x"));

        assertKind(ErrorKind.CONFIG_UNWRITABLE, () -> client.createDisk(DiskSpec.of("d", ByteSize.ofMebi(64))));

        assertThat(client.listDisks()).isEmpty();
        assertThat(arenaFiles("d")).isEmpty();
        assertKind(ErrorKind.NO_SUCH_DISK, () -> client.showDisk("d"));
    }

    @Test
    void createsNothingWhenTheStoreCannotBeMade() throws IOException {
        Files.createDirectories(
                engine.files().arenaDirectory().resolve("d.arena").resolve("x"));

        assertThatThrownBy(() -> client.createDisk(DiskSpec.of("d", ByteSize.ofMebi(64))))
                .isInstanceOf(CramdiskException.class);

        assertThat(client.listDisks()).isEmpty();
        assertThat(engine.definition("d")).doesNotExist();
    }

    @Test
    void manyFrontEndsThatFightOverOneDiskLeaveItWholeOrGone() throws Exception {
        ExecutorService frontEnds = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int seed = i;
                all.add(frontEnds.submit(() -> fight(new Random(seed))));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            frontEnds.shutdownNow();
        }
        boolean there = !client.listDisks().isEmpty();
        assertThat(Files.exists(engine.definition("d"))).isEqualTo(there);
        assertThat(arenaFiles("d")).hasSize(there ? 2 : 0);
        if (there) {
            try (NbdTestClient nbd = nbd("d")) {
                nbd.write(0, text(BLOCK));
            }
        }
    }

    private void fight(Random random) {
        try (EngineClient own = engine.connect()) {
            for (int i = 0; i < 40; i++) {
                try {
                    switch (random.nextInt(5)) {
                        case 0 -> own.createDisk(DiskSpec.of("d", ByteSize.ofMebi(8)));
                        case 1 -> own.removeDisk("d", true);
                        case 2 -> own.resetDisk("d", true);
                        case 3 -> own.updateDisk("d", new DiskUpdate(CodecSpec.zstd(1), null, false, null));
                        default -> own.diskStats("d");
                    }
                } catch (CramdiskException e) {
                    assertThat(e.kind()).isIn(ErrorKind.NO_SUCH_DISK, ErrorKind.DISK_EXISTS);
                }
            }
        }
    }

    @Test
    void isStoppedByAFrontEndWhichSeesItsEnd() throws InterruptedException {
        Thread stopper = new Thread(client::stop);
        stopper.start();
        assertThat(engine.stopAsked().await(5, TimeUnit.SECONDS)).isTrue();
        engine.stop();
        stopper.join(5_000);

        assertThat(stopper.isAlive()).isFalse();
        assertThat(engine.files().engineSocket()).doesNotExist();
        assertThat(engine.files().nbdSocket()).doesNotExist();
    }

    @Test
    void stopsInTimeWhileAClientDoesNotReadItsAnswers() throws IOException {
        client.createDisk(DiskSpec.of("d", ByteSize.ofMebi(64)));
        try (NbdTestClient nbd = nbd("d")) {
            nbd.askForReads(0, 1 << 20, 32);
            long begin = System.nanoTime();
            engine.stop();
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin))
                    .isLessThan(5);
        }
    }

    @Test
    void refusesASecondEngineInTheSameDirectories() {
        assertThatThrownBy(() -> EngineProcess.start(engine.files(), false, () -> {}))
                .asInstanceOf(InstanceOfAssertFactories.type(CramdiskException.class))
                .extracting(CramdiskException::kind)
                .isEqualTo(ErrorKind.ENGINE_ALREADY_RUNNING);
        assertThat(client.listDisks()).isEmpty();
    }

    private NbdTestClient nbd(String disk) throws IOException {
        ByteChannel channel =
                SocketChannel.open(UnixDomainSocketAddress.of(engine.files().nbdSocket()));
        return new NbdTestClient(channel, disk);
    }

    private Path[] arenaFiles(String disk) throws IOException {
        try (Stream<Path> files = Files.list(engine.files().arenaDirectory())) {
            return files.filter(file -> file.getFileName().toString().startsWith(disk + "."))
                    .toArray(Path[]::new);
        }
    }

    /** Bytes that compress, but whose blocks are neither zero nor the same. */
    private static byte[] text(int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        for (int i = 0; bytes.remaining() >= 8; i++) {
            bytes.putInt(i).putInt(0x20202020);
        }
        return bytes.array();
    }

    private static void assertKind(ErrorKind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .asInstanceOf(InstanceOfAssertFactories.type(CramdiskException.class))
                .extracting(CramdiskException::kind)
                .isEqualTo(kind);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
