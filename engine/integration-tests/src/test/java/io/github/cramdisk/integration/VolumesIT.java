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
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** tmpfs, ramfs and zram on the real kernel, through the real command line and engine, which is root here. */
class VolumesIT {
    private static final int MEBI = 1 << 20;
    private static final long GIBI = 1L << 30;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    final EngineFixture engine = new EngineFixture();

    private final List<String> devices = new ArrayList<>();
    private Path place = Path.of("/nonexistent");

    @BeforeEach
    void needsRoot() throws IOException {
        Requirements.root();
        place = engine.scratch("a place, with #\\odd\tname");
    }

    /** Whatever a failed test left: only what it made itself. */
    @AfterEach
    void undo() {
        for (String device : devices) {
            engine.cramdisk("zram", "remove", device);
        }
        Command.run("umount", "--lazy", "--quiet", place.toString());
    }

    private JsonNode volume() {
        return StreamSupport.stream(engine.json("list").spliterator(), false)
                .filter(volume -> volume.get("target").asText().equals(place.toString()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(place + " is not in the list"));
    }

    private List<String> options() {
        List<String> options = new ArrayList<>();
        volume().get("options").forEach(option -> options.add(option.asText()));
        return options;
    }

    private void refused(int exitCode, String sentence, String... arguments) {
        Command.Result result = engine.cramdisk(arguments);
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(exitCode);
        assertThat(result.err()).contains(sentence);
    }

    @Test
    void everyOptionOfATmpfsIsThereAndAnswersToRemounts() throws IOException {
        String dir = place.toString();
        engine.cramdisk(
                        "tmpfs",
                        "mount",
                        dir,
                        "--size",
                        "1.5G",
                        "--inodes",
                        "1000",
                        "--mode",
                        "1750",
                        "--uid",
                        "65534",
                        "--gid",
                        "65533",
                        "--huge",
                        "within_size",
                        "--inode64",
                        "-o",
                        "noexec,noatime")
                .succeeded();
        assertThat(options())
                .contains(
                        "nosuid",
                        "nodev",
                        "noexec",
                        "noatime",
                        "size=1572864k",
                        "nr_inodes=1000",
                        "mode=1750",
                        "uid=65534",
                        "gid=65533");
        JsonNode mounted = volume();
        assertThat(mounted.get("kind").asText()).isEqualTo("tmpfs");
        assertThat(mounted.get("sizeBytes").asLong()).isEqualTo(3 * GIBI / 2);
        assertThat(mounted.get("managed").asBoolean()).isTrue();

        Files.write(place.resolve("f"), new byte[4 * MEBI]);
        engine.cramdisk("tmpfs", "remount", dir, "--size", "8M", "--mode", "700", "--uid", "0")
                .succeeded();
        assertThat(volume().get("sizeBytes").asLong()).isEqualTo(8 * MEBI);
        assertThat(volume().get("usedBytes").asLong()).isEqualTo(4 * MEBI);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place)))
                .isEqualTo("rwx------");
        assertThat(Files.getAttribute(place, "unix:uid")).isEqualTo(0);
        refused(1, "holds 4.0 MiB", "tmpfs", "remount", dir, "--size", "1M");
        refused(1, "noswap", "tmpfs", "remount", dir, "--noswap");
        engine.cramdisk("tmpfs", "remount", dir, "--size", "unlimited").succeeded();
        assertThat(volume().get("sizeBytes").isNull()).isTrue();
        refused(1, "unlimited", "tmpfs", "remount", dir, "--size", "1G");
        assertThat(Files.size(place.resolve("f"))).isEqualTo(4 * MEBI);

        engine.stop();
        assertThat(volume().get("managed").asBoolean()).isTrue();
        engine.cramdisk("tmpfs", "unmount", dir).succeeded();
        refused(1, "There is no tmpfs", "tmpfs", "unmount", dir);
        assertThat(place.resolve("f")).doesNotExist();
    }

    @Test
    void aBusyVolumeNamesWhoUsesIt() throws IOException {
        engine.cramdisk("tmpfs", "mount", place.toString(), "--size", "1M").succeeded();
        Process user =
                new ProcessBuilder("sleep", "60").directory(place.toFile()).start();
        try {
            refused(1, "sleep (" + user.pid() + ")", "tmpfs", "unmount", place.toString());
            engine.cramdisk("tmpfs", "unmount", place.toString(), "--lazy").succeeded();
        } finally {
            user.destroyForcibly();
        }
    }

    @Test
    void aRamfsHasAModeAndAnOwnerOnly() throws IOException {
        engine.cramdisk("ramfs", "mount", place.toString(), "--mode", "711").succeeded();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place)))
                .isEqualTo("rwx--x--x");
        assertThat(volume().get("kind").asText()).isEqualTo("ramfs");
        assertThat(volume().get("sizeBytes").isNull()).isTrue();
        refused(2, "ignores them", "ramfs", "mount", place.toString(), "--size", "1G");
        refused(1, "There is no tmpfs", "tmpfs", "unmount", place.toString());
        engine.cramdisk("ramfs", "unmount", place.toString()).succeeded();
    }

    @Test
    void adoptsATmpfsOfSomebodyElse() {
        Command.run("mount", "-t", "tmpfs", "-o", "size=2m", "x", place.toString())
                .succeeded();
        assertThat(volume().get("managed").asBoolean()).isFalse();
        engine.cramdisk("adopt", place.toString()).succeeded();
        assertThat(volume().get("managed").asBoolean()).isTrue();
        engine.cramdisk("tmpfs", "unmount", place.toString()).succeeded();
    }

    @Test
    void limitsThatMemoryCannotHonourAreToldPlainly() {
        engine.cramdisk("tmpfs", "mount", place.toString(), "--size", "300%").succeeded();
        assertThat(engine.cramdisk("list").succeeded().err()).contains("They cannot all be filled");
        assertThat(engine.cramdisk("doctor").out())
                .contains("The limits of all volumes together are", "Make the limits smaller");
        engine.cramdisk("tmpfs", "unmount", place.toString()).succeeded();
    }

    private String create(String... options) {
        List<String> command = new ArrayList<>(List.of("zram", "create"));
        command.addAll(List.of(options));
        String device =
                engine.json(command.toArray(String[]::new)).get("device").asText();
        devices.add(device);
        return device;
    }

    private long memory(String device) {
        return engine.json("zram", "stats", device).get("memoryBytes").asLong();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs"})
    void aFilesystemOnZramGivesBackWhatIsDeleted(String type) throws IOException {
        Requirements.programs("mkfs." + type);
        String device = create(
                "--size",
                "400M",
                "--algorithm",
                "lz4",
                "--mount",
                place.toString(),
                "--fs",
                type,
                "--label",
                "scratch",
                "--owner",
                "65534",
                "--mode",
                "750");
        assertThat(Files.getAttribute(place, "unix:uid")).isEqualTo(65534);
        JsonNode shown = engine.json("zram", "show", device);
        assertThat(shown.get("filesystem").asText()).isEqualTo(type);
        assertThat(shown.get("algorithm").asText()).isEqualTo("lz4");
        assertThat(shown.get("target").asText()).isEqualTo(place.toString());
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        byte[] noise = new byte[40 * MEBI];
        new Random(seed).nextBytes(noise);
        Files.write(place.resolve("f"), noise);
        Command.run("sync", "--file-system", place.toString()).succeeded();
        long full = memory(device);
        assertThat(full).isGreaterThan(40 * MEBI);
        Files.delete(place.resolve("f"));
        Command.run("sync", "--file-system", place.toString()).succeeded();
        await().atMost(Duration.ofSeconds(60)).until(() -> memory(device) < full - 30 * MEBI);

        Files.write(place.resolve("g"), new byte[] {1});
        engine.json("zram", "reset", device);
        assertThat(place.resolve("g")).doesNotExist();
        assertThat(engine.json("zram", "show", device).get("target").asText()).isEqualTo(place.toString());
        engine.cramdisk("zram", "remove", device).succeeded();
        devices.remove(device);
        assertThat(Path.of(device)).doesNotExist();
    }

    @Test
    void twoSwapsWithSettingsOfTheirOwn() throws IOException {
        String first = create("--size", "64M", "--algorithm", "lz4", "--swap", "--priority", "77");
        String second =
                create("--size", "32M", "--algorithm", "lzo", "--swap", "--priority", "5", "--mem-limit", "16M");
        List<String> swaps = Files.readAllLines(Path.of("/proc/swaps"));
        assertThat(swaps).anyMatch(line -> line.startsWith(first + " ") && line.endsWith("\t77"));
        assertThat(swaps).anyMatch(line -> line.startsWith(second + " ") && line.endsWith("\t5"));
        assertThat(engine.json("zram", "show", second).get("memLimitBytes").asLong())
                .isEqualTo(16 * MEBI);
        engine.cramdisk("zram", "set", second, "--mem-limit", "none").succeeded();
        assertThat(engine.json("zram", "show", second).get("memLimitBytes").isNull())
                .isTrue();

        engine.stop();
        assertThat(engine.json("zram", "show", first).get("managed").asBoolean())
                .isTrue();
        for (String device : List.of(first, second)) {
            engine.cramdisk("zram", "remove", device).succeeded();
            devices.remove(device);
        }
        assertThat(Files.readString(Path.of("/proc/swaps")))
                .doesNotContain(first)
                .doesNotContain(second);
    }

    @Test
    void warnsBeforeALimitUnderAFilesystemIsReached() throws IOException {
        String device = create("--size", "128M", "--mem-limit", "24M", "--mount", place.toString());
        byte[] noise = new byte[21 * MEBI];
        new Random(1).nextBytes(noise);
        Files.write(place.resolve("f"), noise);
        Command.run("sync", "--file-system", place.toString()).succeeded();
        assertThat(engine.cramdisk("list").succeeded().err()).contains(device, "read-only");
        refused(1, "", "doctor");
        Path log = Path.of(engine.environment().get("CRAMDISK_DATA_DIR"), "engine.log");
        await().atMost(PATIENCE).until(() -> Files.readString(log).contains("of its memory limit of 24.0 MiB"));
    }

    @Test
    void whatTheKernelCannotDoIsSaidSo() {
        refused(4, "does not support", "zram", "create", "--size", "64M", "--algorithm", "rot13");
        refused(1, "cannot be used as a mount point", "tmpfs", "mount", place + "/missing", "--size", "1M");
    }
}
