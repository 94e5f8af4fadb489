// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cramdisk.testmachine.Command;
import io.github.cramdisk.testmachine.Requirements;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What libnbd's and qemu's tools see of a disk. */
final class NbdToolsIT {
    @RegisterExtension
    final EngineFixture engine = new EngineFixture();

    @BeforeAll
    static void requirePrograms() {
        Requirements.programs("nbdinfo", "nbdcopy", "qemu-img", "qemu-io", "cmp");
    }

    @Test
    void createPrintsWhatItMadeAsJson() {
        JsonNode disk = engine.json("disk", "create", "t", "--size", "2G");

        assertThat(disk.get("name").asText()).isEqualTo("t");
        assertThat(disk.get("uri").asText())
                .isEqualTo("nbd+unix:///t?socket=" + engine.runtimeDirectory().resolve("nbd.sock"));
        assertThat(disk.get("sizeBytes").asLong()).isEqualTo(2L << 30);
        assertThat(disk.get("logicalBytes").asLong()).isZero();
        assertThat(disk.get("storedBytes").asLong()).isZero();
        assertThat(disk.has("ramLimitBytes")).isTrue();
        assertThat(disk.get("ratio").asDouble()).isEqualTo(1.0);
        assertThat(engine.json("disk", "show", "t").get("uri")).isEqualTo(disk.get("uri"));
    }

    @Test
    void freshDiskIsDescribedAsOneHole() throws IOException {
        String uri = engine.createDisk("t", "2G");

        JsonNode export = nbdinfo("--json", uri).get("exports").get(0);
        assertThat(export.get("export-size").asLong()).isEqualTo(2L << 30);
        assertThat(export.get("is_read_only").asBoolean()).isFalse();
        for (String feature : List.of("flush", "fua", "trim", "zero", "cache", "multi_conn")) {
            assertThat(export.get("can_" + feature).asBoolean()).as(feature).isTrue();
        }
        assertThat(export.get("block_size_minimum").asInt()).isEqualTo(1);

        JsonNode map = nbdinfo("--map", "--json", uri);
        assertThat(map).hasSize(1);
        assertThat(map.get(0).get("length").asLong()).isEqualTo(2L << 30);
        assertThat(map.get(0).get("type").asInt()).isEqualTo(3); // hole, zero
    }

    @Test
    void mapShowsWhereDataIs() throws IOException {
        String uri = engine.createDisk("t", "1G");
        NbdShell.run(uri, "h.pwrite(b'\\x5a\\x17' * 4096, 64 << 20)").succeeded();

        JsonNode map = nbdinfo("--map", "--json", uri);

        assertThat(map).hasSize(3);
        assertThat(map.get(1).get("offset").asLong()).isEqualTo(64L << 20);
        assertThat(map.get(1).get("length").asLong()).isEqualTo(8192);
        assertThat(map.get(1).get("type").asInt()).isZero();
    }

    @Test
    void listNamesEveryDiskOnOneSocket() throws IOException {
        String uri = engine.createDisk("one", "64M");
        engine.createDisk("two", "128M");

        JsonNode exports = nbdinfo("--list", "--json", uri).get("exports");

        assertThat(Stream.of(exports.get(0), exports.get(1))
                        .map(export -> export.get("export-name").asText()))
                .containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void readOnlyDiskRefusesWrites() {
        String uri = engine.createDisk("t", "64M");
        engine.cramdisk("disk", "set", "t", "--read-only").succeeded();

        assertThat(Command.run("nbdinfo", "--is", "read-only", uri).exitCode()).isZero();
        assertThat(Command.run("qemu-io", "-f", "raw", "-c", "write 0 4k", uri).exitCode())
                .isNotZero();
    }

    @Test
    void qemuConvertsInAndFindsItIdentical() throws IOException {
        Path image = Corpus.image(64);
        String uri = engine.createDisk("t", "64M", "--codec", "zstd:1");

        Command.run("qemu-img", "convert", "-n", "-f", "raw", "-O", "raw", image.toString(), uri)
                .succeeded();

        Command.run("qemu-img", "compare", "-f", "raw", "-F", "raw", image.toString(), uri)
                .succeeded();
        assertThat(engine.number("t", "storedBytes")).isLessThan(60L << 20);
    }

    @Test
    void qemuIoPatternsAtOddOffsetsStayWhereTheyWereWritten() {
        String uri = engine.createDisk("t", "64M", "--block-size", "64K");
        // qemu aligns what it sends to the minimum block size, which is one byte: odd ranges arrive as they are.
        Command.run(
                        "qemu-io",
                        "-f",
                        "raw",
                        "-c",
                        "write -P 0x11 0 1M",
                        "-c",
                        "write -P 0x5a 513 70001",
                        "-c",
                        "write -P 0x33 4095 2",
                        "-c",
                        "write -z 10001 4099",
                        "-c",
                        "discard 65535 4097",
                        "-c",
                        "write -P 0x77 67108863 1",
                        uri)
                .succeeded();

        Command.Result result = Command.run(
                "qemu-io",
                "-f",
                "raw",
                "-c",
                "read -P 0x11 0 513",
                "-c",
                "read -P 0x5a 513 3582",
                "-c",
                "read -P 0x33 4095 2",
                "-c",
                "read -P 0x5a 4097 5904",
                "-c",
                "read -P 0 10001 4099",
                "-c",
                "read -P 0x5a 14100 51435",
                "-c",
                "read -P 0 65535 4097",
                "-c",
                "read -P 0x5a 69632 882",
                "-c",
                "read -P 0x11 70514 900000",
                "-c",
                "read -P 0 1048576 65536",
                "-c",
                "read -P 0x77 67108863 1",
                uri);

        result.succeeded();
        assertThat(result.out()).doesNotContain("Pattern verification failed");
    }

    private static JsonNode nbdinfo(String... arguments) throws IOException {
        String[] command =
                Stream.concat(Stream.of("nbdinfo"), Stream.of(arguments)).toArray(String[]::new);
        return new ObjectMapper().readTree(Command.run(command).succeeded().out());
    }
}
