// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cramdisk.testmachine.Command;
import io.github.cramdisk.testmachine.Requirements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Disks that are full: real clients wait, are released, are refused in the end, or leave while they wait. */
final class FullDiskIT {
    @RegisterExtension
    final EngineFixture engine = new EngineFixture();

    @BeforeAll
    static void requirePrograms() {
        Requirements.programs("nbdcopy", "qemu-io", "cmp");
    }

    private CompletableFuture<Command.Result> copy(Path file, String uri) {
        return CompletableFuture.supplyAsync(
                () -> Command.run(engine.environment(), List.of("nbdcopy", file.toString(), uri)));
    }

    private Path noise(int mebibytes) throws IOException {
        byte[] bytes = new byte[mebibytes << 20];
        new Random(mebibytes).nextBytes(bytes);
        return Files.write(engine.scratch("noise").resolve("file"), bytes);
    }

    private JsonNode waiting() {
        return engine.json("disk", "show", "t").get("waiting");
    }

    private void awaitWaiting() {
        await().atMost(Duration.ofSeconds(30)).until(() -> !waiting().isNull());
    }

    private List<String> events() {
        List<String> kinds = new ArrayList<>();
        engine.json("engine", "events")
                .forEach(event -> kinds.add(event.get("kind").asText()));
        return kinds;
    }

    @Test
    void aCopyWaitsAtTheLimitAndGoesOnWhenItIsRaised() throws IOException {
        String uri = engine.createDisk("t", "64M", "--ram-limit", "16M", "--full", "wait");
        Path file = noise(40);
        CompletableFuture<Command.Result> copying = copy(file, uri);
        awaitWaiting();
        assertThat(waiting().get("shortOf").asText()).isEqualTo("RAM_LIMIT");
        assertThat(engine.cramdisk("disk", "list").out())
                .contains("for room, since", "cramdisk disk set t --ram-limit SIZE", "fstrim");
        await().until(() -> events().contains("DISK_FULL_WAITING"));
        assertThat(copying.isDone()).isFalse();

        engine.cramdisk("disk", "set", "t", "--ram-limit", "64M").succeeded();
        copying.join().succeeded();
        assertThat(waiting().isNull()).isTrue();
        Path back = file.resolveSibling("back");
        Command.run("nbdcopy", uri, back.toString()).succeeded();
        Command.run("cmp", "--bytes=" + (40 << 20), file.toString(), back.toString())
                .succeeded();
        await().until(() -> events().contains("WRITES_RELEASED"));
    }

    @Test
    void aTrimOnTheSameConnectionReleasesWhatWaitsThere() {
        String uri = engine.createDisk("t", "64M", "--ram-limit", "16M", "--full", "wait");

        NbdShell.run(uri, """
                import random
                def chunk(i):
                    return random.Random(i).randbytes(1 << 20)
                pending = {}
                for i in range(20):
                    pending[i] = h.aio_pwrite(nbd.Buffer.from_bytearray(bytearray(chunk(i))), i << 20)
                while h.poll(2000) > 0:
                    pass
                # What is not answered when nothing has come for two seconds waits for room.
                waits = {i for i in pending if not h.aio_command_completed(pending[i])}
                written = set(pending) - waits
                assert len(waits) >= 4 and len(written) >= 8, waits
                for i in written:
                    assert h.pread(1 << 20, i << 20) == chunk(i)
                h.flush()
                for i in written:
                    h.trim(1 << 20, i << 20)
                for i in waits:
                    while not h.aio_command_completed(pending[i]):
                        assert h.poll(20000) > 0
                for i in waits:
                    assert h.pread(1 << 20, i << 20) == chunk(i)
                """).succeeded();
    }

    @Test
    void afterItsTimeAWriteIsRefusedWithNoSpace() {
        String uri = engine.createDisk("t", "64M", "--ram-limit", "8M", "--full", "2s");

        NbdShell.run(uri, """
                import errno, random, time
                try:
                    for i in range(64):
                        begin = time.time()
                        h.pwrite(random.Random(i).randbytes(1 << 20), i << 20)
                    assert False, "never full"
                except nbd.Error as e:
                    assert e.errnum == errno.ENOSPC, e
                    assert time.time() - begin >= 2, time.time() - begin
                """).succeeded();
        await().until(() -> events().contains("DISK_WRITES_REFUSED"));
    }

    @Test
    void whatWaitedWhenItsConnectionEndedNeverLandsOnNewerData() {
        String uri = engine.createDisk("t", "64M", "--ram-limit", "8M", "--full", "wait");

        NbdShell.run(uri, """
                import random
                old = nbd.NBD()
                old.connect_uri('%s')
                for i in range(16):
                    old.aio_pwrite(nbd.Buffer.from_bytearray(bytearray(random.Random(i).randbytes(1 << 20))), i << 20)
                while old.poll(2000) > 0:
                    pass
                assert old.aio_in_flight() > 0
                del old
                h.trim(32 << 20, 0)
                for i in range(16):
                    h.pwrite(b'new' + bytes((1 << 20) - 3), i << 20)
                h.poll(2000)
                for i in range(16):
                    assert h.pread(1 << 20, i << 20) == b'new' + bytes((1 << 20) - 3), i
                """.formatted(uri)).succeeded();
        assertThat(waiting().isNull()).isTrue();
    }

    @Test
    void aDiskGrowsByItselfAsFarAsItMay() throws IOException {
        String uri = engine.createDisk("t", "64M", "--ram-limit", "8M", "--grow-to", "64M");
        copy(noise(30), uri).join().succeeded();

        JsonNode disk = engine.json("disk", "show", "t");
        assertThat(disk.get("ramLimitBytes").asLong()).isEqualTo(8 << 20);
        assertThat(disk.get("effectiveLimitBytes").asLong()).isBetween(30L << 20, 64L << 20);
        assertThat(events()).contains("DISK_GROWN");
    }

    @Test
    void anEngineThatIsStoppedWhileAWriteWaitsKeepsWhatItHas() {
        String uri = engine.createDisk("t", "64M", "--ram-limit", "8M", "--full", "wait");
        Command.run("qemu-io", "-f", "raw", uri, "-c", "write -P 5 0 1M").succeeded();
        CompletableFuture<Command.Result> waits = CompletableFuture.supplyAsync(() -> NbdShell.run(uri, """
                import random
                for i in range(1, 32):
                    h.pwrite(random.Random(i).randbytes(1 << 20), i << 20)
                """));
        awaitWaiting();
        engine.stop();
        assertThat(waits.join().exitCode()).isNotZero();
        engine.start();
        assertThat(waiting().isNull()).isTrue();
        Command.run("qemu-io", "-f", "raw", uri, "-c", "read -P 5 0 1M").succeeded();
    }

    @Test
    void aFullTmpfsIsToldAsSuchAndALargerOneReleasesTheWrites() throws IOException {
        Requirements.root();
        Path small = engine.scratch("small");
        Command.run("mount", "-t", "tmpfs", "-o", "size=24M,mode=0700", "tmpfs", small.toString())
                .succeeded();
        try {
            engine.setVariable("CRAMDISK_ARENA_DIR", small.resolve("arena").toString());
            String uri = engine.createDisk("t", "64M", "--full", "wait");
            CompletableFuture<Command.Result> copying = copy(noise(40), uri);
            awaitWaiting();
            assertThat(waiting().get("shortOf").asText()).isEqualTo("ARENA");
            assertThat(engine.cramdisk("disk", "show", "t").out()).contains("the tmpfs that holds the disks is full");
            await().until(() -> events().contains("ARENA_TMPFS_FULL"));

            Command.run("mount", "-o", "remount,size=128M", small.toString()).succeeded();
            copying.join().succeeded();
            assertThat(waiting().isNull()).isTrue();
            engine.stop();
        } finally {
            Command.run("umount", "--lazy", small.toString());
        }
    }

    @Test
    void anotherDisksRemovalReleasesWhatWaitsForTheTmpfs() throws IOException {
        Requirements.root();
        Path small = engine.scratch("small");
        Command.run("mount", "-t", "tmpfs", "-o", "size=48M,mode=0700", "tmpfs", small.toString())
                .succeeded();
        try {
            engine.setVariable("CRAMDISK_ARENA_DIR", small.resolve("arena").toString());
            Path file = noise(24);
            copy(file, engine.createDisk("other", "64M")).join().succeeded();
            CompletableFuture<Command.Result> copying = copy(file, engine.createDisk("t", "64M", "--full", "wait"));
            awaitWaiting();
            engine.cramdisk("disk", "remove", "other", "--force").succeeded();
            copying.join().succeeded();
            engine.stop();
        } finally {
            Command.run("umount", "--lazy", small.toString());
        }
    }

    @Test
    void clientsSeeTheNewSizeOfADiskThatWasResized() {
        String uri = engine.createDisk("t", "64M");
        NbdShell.run(uri, "h.pwrite(b'x' * 4096, 40 << 20)").succeeded();
        engine.cramdisk("disk", "resize", "t", "128M").succeeded();
        NbdShell.run(uri, "assert h.get_size() == 128 << 20; h.pwrite(b'y' * 4096, (128 << 20) - 4096)")
                .succeeded();

        Command.Result refused = engine.cramdisk("disk", "resize", "t", "64M");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("holds data up to 128M", "Nothing was changed");
        NbdShell.run(uri, "h.trim(4096, (128 << 20) - 4096)").succeeded();
        engine.cramdisk("disk", "resize", "t", "48M").succeeded();
        engine.stop();
        assertThat(engine.number("t", "sizeBytes")).isEqualTo(48L << 20);
        NbdShell.run(uri, "assert h.get_size() == 48 << 20; assert h.pread(4096, 40 << 20) == b'x' * 4096")
                .succeeded();
    }
}
