// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cramdisk.api.config.ConfigExport;
import io.github.cramdisk.api.config.ConfigFile;
import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.rpc.Json;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.config.ConfigFormats;
import io.github.cramdisk.config.RenderContext;
import io.github.cramdisk.testmachine.Command;
import io.github.cramdisk.testmachine.Requirements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is exported, read by the programs that will read it: findmnt, systemd, zram-generator, nix and sh. */
class ConfigFormatsIT {
    private static final Path CASES = Path.of("../config/src/test/resources/io/github/cramdisk/config/golden");
    private static final Path NIX = Path.of("../../installer/nix");
    private static final String GENERATOR = "/usr/lib/systemd/system-generators/zram-generator";

    @TempDir
    private Path directory;

    static List<String> cases() throws IOException {
        try (Stream<Path> all = Files.list(CASES)) {
            return all.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    private static List<ConfigVolume> volumes(String name) throws IOException {
        List<ConfigVolume> volumes = new ArrayList<>();
        for (JsonNode volume :
                Json.mapper().readTree(Files.readString(CASES.resolve(name).resolve("volumes.json")))) {
            volumes.add(Json.mapper().treeToValue(volume, ConfigVolume.class));
        }
        return volumes;
    }

    private static ConfigExport export(ConfigFormat format, String name) throws IOException {
        return ConfigFormats.render(format, volumes(name), RenderContext.ANYWHERE);
    }

    /** As below a root directory. */
    private Path write(ConfigFile file) throws IOException {
        Path path = directory.resolve(file.path().replaceFirst("^~?/", ""));
        Files.createDirectories(path.getParent());
        return Files.writeString(path, file.text());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findmntReadsEveryLineAsItWasMeant(String name) throws IOException {
        Requirements.programs("findmnt");
        ConfigExport export = export(ConfigFormat.FSTAB, name);
        Map<String, String> targets = new TreeMap<>();
        for (ConfigFile file : export.files()) {
            if (file.name().equals("fstab")) {
                Path fstab = write(file);
                Command.Result verified =
                        Command.run("findmnt", "--verify", "--verbose", "--tab-file", fstab.toString());
                // What is not there yet, or is on a device of this machine now, is no fault of the text.
                assertThat(verified.out() + verified.err())
                        .containsAnyOf("0 parse errors", "Success, no errors")
                        .satisfies(said -> assertThat(said.lines().filter(line -> line.contains("[E]")))
                                .allMatch(line -> line.contains("unreachable") || line.contains("on-disk")));
                JsonNode read = Json.mapper()
                        .readTree(Command.run("findmnt", "-J", "--fstab", "--tab-file", fstab.toString())
                                .succeeded()
                                .out());
                read.get("filesystems")
                        .forEach(line -> targets.put(
                                line.get("target").asText(), line.get("fstype").asText()));
            }
        }
        Map<String, String> meant = new TreeMap<>();
        for (ConfigVolume volume : volumes(name)) {
            if (isIn(export, volume) && volume.target() != null) {
                meant.put(volume.target(), typeOf(volume));
            }
        }
        targets.remove("none");
        assertThat(targets).isEqualTo(meant);
    }

    private static boolean isIn(ConfigExport export, ConfigVolume volume) {
        return export.notes().stream()
                .noneMatch(note ->
                        note.weight().text().equals("left-out") && note.volume().equals(volume.title()));
    }

    private static String typeOf(ConfigVolume volume) {
        return volume instanceof ConfigVolume.Zram zram && zram.spec().use() instanceof DeviceFilesystem filesystem
                ? filesystem.type().text()
                : volume.volumeKind().text();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void systemdLoadsEveryUnitUnderItsName(String name) throws IOException {
        Requirements.programs("systemd-analyze", "systemd-escape");
        Path program = directory.resolve("cramdisk-zram");
        Files.writeString(program, "#!/bin/sh\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Files.copy(program, directory.resolve("cramdisk"), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        ConfigExport export = ConfigFormats.render(
                ConfigFormat.SYSTEMD,
                volumes(name),
                new RenderContext(new java.util.TreeSet<>(), 0, directory.toString(), directory.toString()));
        List<String> system = new ArrayList<>();
        List<String> user = new ArrayList<>();
        for (ConfigFile file : export.files()) {
            Path path = write(file);
            // systemd-analyze takes a colon in a path for the beginning of an alias.
            if (!file.path().contains(".target.d/") && file.path().indexOf(':') < 0) {
                (file.path().startsWith("~") ? user : system).add(path.toString());
            }
        }
        verify(system, List.of("--man=no", "--recursive-errors=no"));
        verify(user, List.of("--user", "--man=no", "--recursive-errors=no"));

        for (ConfigVolume volume : volumes(name)) {
            if (volume.target() != null && isIn(export, volume)) {
                String unit = Command.run("systemd-escape", "--path", "--suffix=mount", "--", volume.target())
                        .succeeded()
                        .out()
                        .strip();
                if (volume instanceof ConfigVolume.Disk) {
                    assertThat(export.files())
                            .extracting(ConfigFile::text)
                            .anyMatch(text -> text.contains("\nBefore=" + unit + "\n"));
                } else {
                    assertThat(export.files()).extracting(ConfigFile::path).contains("/etc/systemd/system/" + unit);
                }
            }
        }
    }

    private void verify(List<String> units, List<String> options) {
        if (units.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("systemd-analyze"));
        command.addAll(options);
        command.add("verify");
        command.addAll(units);
        Map<String, String> environment = new HashMap<>();
        environment.put("SYSTEMD_UNIT_PATH", directory.resolve("etc/systemd/system") + ":");
        environment.put("XDG_RUNTIME_DIR", directory.toString());
        Command.Result verified = Command.run(environment, command);
        // A unit whose Where= is not what its name says is refused.
        assertThat(verified.exitCode()).as("%s", verified).isZero();
        for (String unit : units) {
            assertThat(verified.err())
                    .as("%s", verified)
                    .doesNotContain(Path.of(unit).getFileName().toString() + ":");
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void zramGeneratorMakesTheUnitsThatWereMeant(String name) throws IOException {
        Requirements.programs(GENERATOR);
        ConfigExport export = export(ConfigFormat.ZRAM_GENERATOR, name);
        for (ConfigFile file : export.files()) {
            write(file);
        }
        Files.createDirectories(directory.resolve("proc"));
        Files.copy(Path.of("/proc/meminfo"), directory.resolve("proc/meminfo"));
        Path out = Files.createDirectories(directory.resolve("units"));
        Command.Result generated =
                Command.run(Map.of("ZRAM_GENERATOR_ROOT", directory.toString()), List.of(GENERATOR, out.toString()));
        generated.succeeded();

        List<String> mounted = new ArrayList<>();
        int swaps = 0;
        int number = 0;
        for (ConfigVolume volume : volumes(name).stream()
                .sorted(java.util.Comparator.comparingLong(each -> each.target() == null
                        ? 0
                        : each.target().chars().filter(c -> c == '/').count()))
                .toList()) {
            if (!(volume instanceof ConfigVolume.Zram zram) || !isIn(export, volume)) {
                continue;
            }
            String device = "zram" + number++;
            if (zram.spec().use() instanceof DeviceSwap swap) {
                swaps++;
                String unit = Files.readString(out.resolve("dev-" + device + ".swap"));
                assertThat(unit).contains("What=/dev/" + device + "\n");
                if (swap.priority() != null) {
                    assertThat(unit).contains("Priority=" + swap.priority() + "\n");
                } else {
                    assertThat(unit).doesNotContainPattern("Priority=[0-9]");
                }
            } else {
                String target = String.valueOf(volume.target());
                String unit = Command.run("systemd-escape", "--path", "--suffix=mount", "--", target)
                        .succeeded()
                        .out()
                        .strip();
                mounted.add(unit);
                assertThat(out.resolve(unit))
                        .content()
                        .contains("What=/dev/" + device + "\n")
                        .contains("Where=" + target + "\n");
            }
        }
        try (Stream<Path> units = Files.list(out)) {
            assertThat(units.map(unit -> unit.getFileName().toString()).filter(unit -> unit.endsWith(".mount")))
                    .containsExactlyInAnyOrderElementsOf(mounted);
        }
        try (Stream<Path> units = Files.list(out)) {
            assertThat(units.filter(unit -> unit.toString().endsWith(".swap"))).hasSize(swaps);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void nixEvaluatesTheModuleToWhatWasMeant(String name) throws IOException {
        Requirements.programs("nix-instantiate");
        ConfigExport export = export(ConfigFormat.NIXOS, name);
        if (export.files().isEmpty()) {
            return;
        }
        Path file = write(export.files().get(0));
        nix("--parse", file.toString());
        JsonNode config = Json.mapper().readTree(nix("--eval", "--strict", "--json", "-E", "import " + file + " { }"));
        for (ConfigVolume volume : volumes(name)) {
            if (!isIn(export, volume)) {
                continue;
            }
            String target = volume.target();
            if (volume instanceof ConfigVolume.Disk disk) {
                JsonNode made =
                        config.at("/services/cramdisk/disks").get(disk.spec().name());
                assertThat(made.get("size").asText())
                        .isEqualTo(disk.spec().size().formatExact());
                assertThat(config.at("/services/cramdisk/enable").asBoolean()).isTrue();
                assertThat(made.at("/mount/target").asText(null)).isEqualTo(disk.target());
                assertThat(made.has("swap")).isEqualTo(disk.use() instanceof DeviceSwap);
            } else if (volume instanceof ConfigVolume.Zram) {
                assertThat(config.at("/services/zram-generator/enable").asBoolean()
                                || config.at("/boot/tmp/useZram").asBoolean())
                        .isTrue();
            } else if (config.path("fileSystems").has(String.valueOf(target))) {
                JsonNode filesystem = config.get("fileSystems").get(target);
                assertThat(filesystem.get("fsType").asText())
                        .isEqualTo(volume.volumeKind().text());
                filesystem
                        .path("options")
                        .forEach(option -> assertThat(option.asText()).doesNotContain(" ", "\n"));
            } else {
                assertThat(target).isEqualTo("/tmp");
                assertThat(config.at("/boot/tmp/useTmpfs").asBoolean()).isTrue();
            }
        }
    }

    @Test
    void theModuleOfNixosMakesTheServicesOfItsDisks() throws IOException {
        Requirements.programs("nix-instantiate");
        for (String file : List.of("module.nix", "package.nix", "flake.nix")) {
            nix("--parse", NIX.resolve(file).toString());
        }
        Path evaluation = directory.resolve("evaluate.nix");
        Files.writeString(
                evaluation,
                new String(
                        java.util.Objects.requireNonNull(
                                        ConfigFormatsIT.class.getResourceAsStream("evaluate-module.nix"))
                                .readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8));
        JsonNode result = Json.mapper()
                .readTree(nix(
                        "--eval",
                        "--strict",
                        "--json",
                        "-E",
                        "import " + evaluation + " (import "
                                + NIX.toAbsolutePath().normalize().resolve("module.nix") + ")"));
        assertThat(result.at("/services/cramdisk-engine/serviceConfig/User").asText())
                .isEqualTo("cramdisk");
        assertThat(unit(result, "scratch", "ExecStart/0"))
                .isEqualTo("cramdisk disk create scratch --if-missing --size 2G --codec zstd:3 --block-size 64K"
                        + " --ram-limit 1G --read-only");
        assertThat(unit(result, "plain", "ExecStart/0"))
                .isEqualTo("cramdisk disk create plain --if-missing --size 1G --codec lz4 --block-size 4K");
        assertThat(result.at("/services/cramdisk-disk-plain/serviceConfig/ExecStart"))
                .hasSize(1);
        assertThat(unit(result, "mounted", "ExecStart/0")).endsWith(" --grow-to 2G --full 5m");
        assertThat(unit(result, "mounted", "ExecStart/1"))
                .isEqualTo("cramdisk disk attach mounted --mount /mnt/scratch --mkdir --fs ext4 --label 100%% mine"
                        + " --owner alice --options noatime,commit=60 --no-discard");
        assertThat(unit(result, "mounted", "ExecStartPre"))
                .isEqualTo("+/nix/store/coreutils/bin/mkdir -p -- /mnt/scratch");
        assertThat(unit(result, "mounted", "ExecStop")).isEqualTo("cramdisk disk detach mounted");
        assertThat(result.at("/services/cramdisk-disk-mounted/before/0").asText())
                .isEqualTo("mnt-scratch.mount");
        assertThat(unit(result, "swapped", "ExecStart/1"))
                .isEqualTo("cramdisk disk attach swapped --swap --priority 10");
        assertThat(result.at("/services/cramdisk-disk-plain/requires/0").asText())
                .isEqualTo("cramdisk-engine.service");
        assertThat(result.at("/failedAssertions").toString()).contains("bad name");
        result.get("undocumented").forEach(option -> assertThat(option.asText()).isEmpty());
        assertThat(result.get("disabled").asBoolean())
                .as("without enable it does nothing")
                .isTrue();
    }

    /** A command of the unit of a disk, without the quotes and the directory. */
    private static String unit(JsonNode result, String disk, String key) {
        return result.at("/services/cramdisk-disk-" + disk + "/serviceConfig/" + key)
                .asText()
                .replace("\"", "")
                .replace("/nix/store/cramdisk/bin/", "");
    }

    private String nix(String... arguments) {
        List<String> command = new ArrayList<>(List.of("nix-instantiate", "--store", "dummy://"));
        command.addAll(List.of(arguments));
        return Command.run(Map.of("HOME", directory.toString()), command)
                .succeeded()
                .out();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shReadsTheScriptsAndShellcheckHasNothingToSay(String name) throws IOException {
        Requirements.programs("shellcheck");
        List<ConfigFile> files =
                new ArrayList<>(export(ConfigFormat.SHELL, name).files());
        files.addAll(export(ConfigFormat.DOCKER, name).files());
        for (ConfigFile file : files) {
            Path script = write(file);
            Command.run("sh", "-n", script.toString()).succeeded();
            // Names are what their owner called them, dollar signs and dashes included; "up_$i" calls all functions.
            Command.run("shellcheck", "--shell=sh", "--exclude=SC2016,SC2317,SC2329,SC2034,SC1003", script.toString())
                    .succeeded();
        }
    }
}
