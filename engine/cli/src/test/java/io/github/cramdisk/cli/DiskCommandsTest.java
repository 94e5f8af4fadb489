// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.DiskStats;
import io.github.cramdisk.api.DiskStats.CommandCounts;
import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.FullPolicy;
import io.github.cramdisk.api.FullWait;
import io.github.cramdisk.api.WaitingWrites;
import io.github.cramdisk.api.attach.AttachSpec;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.cli.FakeEngine.Figures;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskCommandsTest {
    private static final DiskSpec PLAIN = DiskSpec.of("t", ByteSize.ofGibi(1));
    private static final Figures FILLED = new Figures(200 << 20, 90 << 20, 100 << 20, 0);

    private final FakeEngine engine = new FakeEngine();

    private CommandLineRun run(String... arguments) {
        return CommandLineRun.with(engine).run(arguments);
    }

    @Test
    void createsADiskWithDefaults() {
        CommandLineRun run = run("disk", "create", "t", "--size", "1G");
        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(engine.specs).containsEntry("t", PLAIN);
        assertThat(run.out()).contains("Created disk \"t\"", "nbd+unix:///t?socket=/r/nbd.sock", "no RAM limit");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void createsADiskWithEveryOption() {
        run(
                "disk",
                "create",
                "--size=1.5G",
                "--codec",
                "zstd",
                "--level",
                "7",
                "--block-size",
                "64K",
                "--ram-limit",
                "512M",
                "--read-only",
                "t");
        assertThat(engine.specs)
                .containsEntry(
                        "t",
                        new DiskSpec(
                                "t",
                                ByteSize.ofMebi(1536),
                                CodecSpec.zstd(7),
                                ByteSize.ofKibi(64),
                                ByteSize.ofMebi(512),
                                true));
    }

    @ParameterizedTest
    @CsvSource({"lz4, lz4", "none, none", "zstd, zstd:3", "zstd:19, zstd:19", "ZSTD:5, zstd:5"})
    void readsCodecs(String text, String codec) {
        run("disk", "create", "t", "--size", "1G", "--codec", text);
        assertThat(engine.showDisk("t").codec()).hasToString(codec);
    }

    @Test
    void printsANewDiskAsJson() {
        JsonNode disk = run("disk", "create", "t", "--size", "1G", "--json").json();
        assertThat(disk.get("name").textValue()).isEqualTo("t");
        assertThat(disk.get("uri").textValue()).isEqualTo("nbd+unix:///t?socket=/r/nbd.sock");
        assertThat(disk.get("sizeBytes").longValue()).isEqualTo(1L << 30);
        assertThat(disk.has("logicalBytes")).isTrue();
        assertThat(disk.has("storedBytes")).isTrue();
        assertThat(disk.has("residentBytes")).isTrue();
        assertThat(disk.get("ramLimitBytes").isNull()).isTrue();
        assertThat(disk.get("ratio").doubleValue()).isEqualTo(1.0);
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_SIZE, disk create t --size many",
        "INVALID_SIZE, disk create t --size -1",
        "INVALID_SIZE, disk create t --size 1G --ram-limit lots",
        "INVALID_DISK_SIZE, disk create t --size 5",
        "INVALID_DISK_SIZE, disk create t --size 17T",
        "INVALID_NAME, disk create ../t --size 1G",
        "INVALID_BLOCK_SIZE, disk create t --size 1G --block-size 128K",
        "INVALID_RAM_LIMIT, disk create t --size 1G --ram-limit 4K",
        "INVALID_CODEC, disk create t --size 1G --codec gzip",
        "INVALID_CODEC, disk create t --size 1G --codec zstd --level 20",
        "INVALID_ARGUMENT, disk create t --size 1G --level 5",
        "INVALID_ARGUMENT, disk create t --size 1G --level fast",
        "INVALID_ARGUMENT, disk create t",
        "INVALID_ARGUMENT, disk create --size 1G",
        "INVALID_ARGUMENT, disk create t u --size 1G",
        "INVALID_ARGUMENT, disk create t --size 1G --colour red",
        "INVALID_ARGUMENT, disk set t",
        "INVALID_ARGUMENT, disk serve t",
        "INVALID_NAME, disk show ''",
        "INVALID_NAME, disk serve a/b --stdio",
        "INVALID_ARGUMENT, disk",
        "INVALID_ARGUMENT, engine",
        "INVALID_ARGUMENT, disc list",
        "INVALID_ARGUMENT, disk lost",
        "INVALID_ARGUMENT, --colour",
    })
    void wrongUsageExitsWithTwoStartsNothingAndChangesNothing(String kind, String line) {
        String[] arguments = List.of(line.split(" ", -1)).stream()
                .map(a -> a.equals("''") ? "" : a)
                .toArray(String[]::new);
        CommandLineRun text = run(arguments);
        assertThat(text.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(text.out()).isEmpty();
        assertThat(text.err()).isNotBlank().doesNotContain("Exception");
        assertThat(text.started()).isFalse();

        String[] withJson = Arrays.copyOf(arguments, arguments.length + 1);
        withJson[arguments.length] = "--json";
        CommandLineRun json = run(withJson);
        assertThat(json.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(json.out()).isEmpty();
        assertThat(json.jsonError().get("error").textValue()).isEqualTo(kind);
        assertThat(json.jsonError().get("message").textValue()).isNotBlank();
        assertThat(engine.specs).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "NO_SUCH_DISK, disk show gone",
        "NO_SUCH_DISK, disk stats gone",
        "NO_SUCH_DISK, disk stats gone --watch",
        "NO_SUCH_DISK, disk set gone --codec lz4",
        "NO_SUCH_DISK, disk set gone --level 3",
        "NO_SUCH_DISK, disk trim gone",
        "NO_SUCH_DISK, disk reset gone",
        "NO_SUCH_DISK, disk remove gone",
        "NO_SUCH_DISK, disk serve gone --stdio",
        "DISK_EXISTS, disk create t --size 1G",
    })
    void refusalsExitWithOneAndTellTheSentence(String kind, String line) {
        engine.with(PLAIN, Figures.EMPTY);
        String[] arguments = line.split(" ", -1);
        CommandLineRun text = run(arguments);
        assertThat(text.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(text.out()).isEmpty();
        assertThat(text.err()).startsWith("There is ").hasLineCount(1);
        CommandLineRun json = run((line + " --json").split(" ", -1));
        assertThat(json.jsonError().get("error").textValue()).isEqualTo(kind);
        assertThat(json.out()).isEmpty();
    }

    @Test
    void anEmptyListTellsWhatToType() {
        CommandLineRun run = run("disk", "list");
        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).contains("cramdisk disk create scratch --size 1G");
        assertThat(run("disk", "list", "--json").json()).isEmpty();
    }

    @Test
    void listsDisksInAlignedColumns() {
        engine.with(PLAIN, FILLED)
                .with(
                        new DiskSpec(
                                "a-long-name",
                                ByteSize.ofGibi(100),
                                CodecSpec.zstd(3),
                                ByteSize.ofKibi(64),
                                ByteSize.ofMebi(64),
                                false),
                        new Figures(0, 0, 0, 3));
        assertThat(run("disk", "list").out()).isEqualTo("""
                        NAME              SIZE    LOGICAL    STORED   RESIDENT     LIMIT  RATIO  CODEC   CLIENTS  ATTACHED
                        a-long-name  100.0 GiB        0 B       0 B        0 B  64.0 MiB   1.00  zstd:3        3  no
                        t              1.0 GiB  200.0 MiB  90.0 MiB  100.0 MiB      none   2.00  lz4           0  no
                        """);
        JsonNode json = run("disk", "list", "--json").json();
        assertThat(json).hasSize(2);
        assertThat(json.get(0).get("name").textValue()).isEqualTo("a-long-name");
    }

    @Test
    void showsOneDisk() {
        engine.with(PLAIN, FILLED);
        assertThat(run("disk", "show", "t").out())
                .contains("URI         nbd+unix:///t?socket=/r/nbd.sock", "RAM limit   none", "Ratio       2.00");
        assertThat(run("disk", "show", "t", "--json")
                        .json()
                        .get("residentBytes")
                        .longValue())
                .isEqualTo(100 << 20);
    }

    @Test
    void drawsTheStatisticsOfADisk() {
        engine.with(PLAIN, FILLED);
        CommandLineRun run = run("disk", "stats", "t");
        assertThat(run.out())
                .contains("compressed   12,345  " + "█".repeat(40))
                .contains("4.0 KiB  2,000  " + "█".repeat(40))
                .contains("512 B  1,000  " + "█".repeat(20))
                .containsPattern("write\\s+1,234\\s+5\\.0 MiB\\s+0")
                .doesNotContain("Now:");
        JsonNode json = run("disk", "stats", "t", "--json").json();
        assertThat(json.at("/info/name").textValue()).isEqualTo("t");
        assertThat(json.at("/blocks/compressed").longValue()).isEqualTo(12_345);
        assertThat(json.at("/histogram/0/upToBytes").longValue()).isEqualTo(512);
        assertThat(json.at("/commands/write/operations").longValue()).isEqualTo(1234);
    }

    private DiskStats statsAfter(long bytesWritten) {
        engine.commands.put("t", Map.of("write", new CommandCounts(bytesWritten / 4096, bytesWritten, 0)));
        return engine.diskStats("t");
    }

    @Test
    void watchingPrintsThroughputUntilTheEngineIsGone() {
        engine.with(PLAIN, FILLED);
        engine.tick(60_000, statsAfter(0)).tick(62_000, statsAfter(8 << 20));
        CommandLineRun piped = run("disk", "stats", "t", "--watch");
        assertThat(piped.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(piped.out())
                .hasLineCount(2)
                .contains("write 4.0 MiB/s (1,024/s)")
                .doesNotContain("\033");
        assertThat(piped.err()).contains("it has stopped");

        CommandLineRun drawn = CommandLineRun.with(engine).atTerminal("").run("disk", "stats", "t", "--watch");
        assertThat(drawn.out()).startsWith("\033[H").contains("Now: read 0 B/s (0/s), write 4.0 MiB/s (1,024/s)");
    }

    @Test
    void watchingWithJsonPrintsOneObjectALine() {
        engine.with(PLAIN, FILLED);
        engine.tick(10_000, statsAfter(0)).tick(11_000, statsAfter(4 << 20));
        List<String> lines =
                run("disk", "stats", "t", "--watch", "--json").out().lines().toList();
        assertThat(lines).hasSize(2);
        JsonNode last = CommandLineRun.parse(lines.get(1));
        assertThat(last.get("timeMillis").longValue()).isEqualTo(11_000);
        assertThat(last.at("/info/name").textValue()).isEqualTo("t");
        assertThat(last.at("/throughput/writeBytesPerSecond").doubleValue()).isEqualTo(4 << 20);
    }

    @Test
    void watchingEndsWhenTheDiskIsRemoved() {
        engine.with(PLAIN, FILLED);
        engine.tick(10_000, statsAfter(0)).tick(11_000);
        CommandLineRun run = run("disk", "stats", "t", "--watch");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("There is no disk named \"t\"");
    }

    @Test
    void setsWhatIsGivenAndKeepsTheRest() {
        engine.with(PLAIN, FILLED);
        assertThat(run("disk", "set", "t", "--ram-limit", "64M").out()).contains("RAM limit 64.0 MiB", "lz4");
        assertThat(run("disk", "set", "t", "--codec", "zstd:9", "--read-only").out())
                .contains("zstd:9", "RAM limit 64.0 MiB", "read-only");
        assertThat(run("disk", "set", "t", "--level", "4").out()).contains("zstd:4");
        assertThat(run("disk", "set", "t", "--ram-limit", "none", "--no-read-only")
                        .out())
                .contains("no RAM limit")
                .doesNotContain("read-only");
        assertThat(run("disk", "set", "t", "--codec", "none", "--json")
                        .json()
                        .get("codec")
                        .textValue())
                .isEqualTo("none");
    }

    @Test
    void aLevelAloneNeedsADiskThatUsesZstd() {
        engine.with(PLAIN, FILLED);
        CommandLineRun run = run("disk", "set", "t", "--level", "4");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("Only zstd has levels");
    }

    @Test
    void trimTellsWhatItReleased() {
        engine.with(PLAIN, FILLED);
        engine.trimReleases = 12 << 20;
        assertThat(run("disk", "trim", "t").out()).isEqualTo("Disk \"t\" gave back 12.0 MiB.\n");
        assertThat(run("disk", "trim", "t", "--json")
                        .json()
                        .get("releasedBytes")
                        .longValue())
                .isEqualTo(12 << 20);
    }

    @Test
    void removesWithoutAQuestionWhereNobodyCanBeAsked() {
        engine.with(PLAIN, FILLED);
        CommandLineRun run = run("disk", "remove", "t", "--json");
        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.json().get("removed").booleanValue()).isTrue();
        assertThat(run.err()).isEmpty();
        assertThat(engine.specs).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"y, true", "Yes, true", "n, false", "'', false", "yy, false"})
    void asksAtATerminalBeforeDataIsLost(String answer, boolean removed) {
        engine.with(PLAIN, FILLED);
        CommandLineRun run =
                CommandLineRun.with(engine).atTerminal(answer + "\n").run("disk", "remove", "t");
        assertThat(run.err()).contains("Disk \"t\" holds 200.0 MiB of data", "[y/N]");
        assertThat(run.exitCode()).isEqualTo(removed ? ExitCode.DONE : ExitCode.FAILED);
        assertThat(engine.specs.isEmpty()).isEqualTo(removed);
    }

    @Test
    void theEndOfTheInputIsANo() {
        engine.with(PLAIN, FILLED);
        assertThat(CommandLineRun.with(engine)
                        .atTerminal("")
                        .run("disk", "reset", "t")
                        .exitCode())
                .isEqualTo(ExitCode.FAILED);
        assertThat(engine.showDisk("t").logicalBytes()).isPositive();
    }

    @Test
    void doesNotAskForAnEmptyDiskOrWithForce() {
        engine.with(PLAIN, Figures.EMPTY);
        assertThat(CommandLineRun.with(engine)
                        .atTerminal("")
                        .run("disk", "remove", "t")
                        .err())
                .isEmpty();
        engine.with(PLAIN, FILLED);
        assertThat(CommandLineRun.with(engine)
                        .atTerminal("")
                        .run("disk", "reset", "t", "--force")
                        .err())
                .isEmpty();
        assertThat(engine.showDisk("t").logicalBytes()).isZero();
    }

    @Test
    void aDiskInUseIsKeptUnlessForced() {
        engine.with(PLAIN, new Figures(1 << 20, 1 << 20, 1 << 20, 2));
        for (String verb : List.of("remove", "reset")) {
            assertThat(run("disk", verb, "t", "--json").jsonError().get("error").textValue())
                    .isEqualTo("DISK_IN_USE");
            CommandLineRun asked = CommandLineRun.with(engine).atTerminal("y\n").run("disk", verb, "t");
            assertThat(asked.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(asked.err()).contains("in use by 2", "--force").doesNotContain("[y/N]");
        }
        assertThat(run("disk", "remove", "t", "--force").exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(engine.specs).isEmpty();
    }

    @Test
    void resizesADisk() {
        engine.with(PLAIN, FILLED);
        CommandLineRun run = run("disk", "resize", "t", "2G");
        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).isEqualTo("Disk \"t\" has the size 2.0 GiB now.\n");
        assertThat(engine.specs).containsEntry("t", PLAIN.withSize(ByteSize.ofGibi(2)));

        CommandLineRun odd = run("disk", "resize", "t", "4097");
        assertThat(odd.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(odd.started()).isFalse();
    }

    @Test
    void attachesADiskWithAFilesystemAndTellsHowItIsUsed() {
        engine.with(PLAIN, FILLED);
        CommandLineRun run = run("disk", "attach", "t", "--mount", "/mnt/t", "--fs", "xfs", "--label", "l", "--format");

        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).contains("Disk \"t\" is /dev/nbd0: xfs at /mnt/t.");
        AttachSpec spec = Objects.requireNonNull(engine.attached.get("t"));
        assertThat(spec.format()).isTrue();
        assertThat(spec.anyType()).isFalse();
        assertThat(spec.use()).isInstanceOfSatisfying(DeviceFilesystem.class, filesystem -> {
            assertThat(filesystem.target()).isEqualTo("/mnt/t");
            assertThat(filesystem.label()).isEqualTo("l");
        });
        assertThat(run("disk", "list").out()).contains("/dev/nbd0 (xfs at /mnt/t)");
        assertThat(run("disk", "detach", "t").exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run("disk", "detach", "t").err()).contains("is not attached");
    }

    @Test
    void mountsWhatADiskHoldsWhereNoTypeIsNamed() {
        engine.with(PLAIN, FILLED);
        assertThat(run("disk", "attach", "t", "--mount", "/mnt/t").exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(Objects.requireNonNull(engine.attached.get("t")).anyType()).isTrue();
    }

    @Test
    void warnsOfSwapOnADiskAndRefusesSetIdFilesOnOne() {
        engine.with(PLAIN, FILLED);
        assertThat(run("disk", "attach", "t", "--swap").err()).contains("Warning: Swap on a disk", "zram is better");
        CommandLineRun suid = run("disk", "attach", "t", "--mount", "/mnt/t", "-o", "suid");
        assertThat(suid.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(suid.err()).contains("nosuid and nodev");
    }

    @Test
    void setsWhatHappensWhenTheDiskIsFull() {
        run("disk", "create", "t", "--size", "1G", "--ram-limit", "64M", "--grow-to", "256M", "--full", "90s");
        assertThat(engine.showDisk("t").whenFull())
                .isEqualTo(new FullPolicy(ByteSize.ofMebi(256), FullWait.ofSeconds(90)));
        assertThat(run("disk", "show", "t").out())
                .contains("the limit rises up to 256.0 MiB, then writes wait for 90 s, then fail");

        run("disk", "set", "t", "--grow-to", "none", "--full", "wait");
        assertThat(engine.showDisk("t").whenFull()).isEqualTo(new FullPolicy(null, FullWait.WITHOUT_END));
        assertThat(run("disk", "set", "t", "--full", "soon").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run("disk", "create", "u", "--size", "1G", "--grow-to", "1G").exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void showsWhatWaitsWithItsWaysOutEverywhere() {
        engine.with(PLAIN, FILLED);
        engine.waiting.put(
                "t",
                new WaitingWrites(3, 12_288, System.currentTimeMillis() - 65_000, WaitingWrites.Shortage.RAM_LIMIT));
        for (String verb : new String[] {"list", "show t", "stats t"}) {
            assertThat(run(("disk " + verb).split(" ")).out())
                    .as(verb)
                    .contains("3 writes to disk \"t\" (12.0 KiB) wait for room, since 65 s")
                    .contains("cramdisk disk set t --ram-limit SIZE")
                    .contains("fstrim");
        }
        assertThat(run("disk", "show", "t", "--json").out()).contains("\"waiting\":{\"writes\":3");
    }
}
