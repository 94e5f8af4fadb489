// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cramdisk.api.config.ConfigExport;
import io.github.cramdisk.api.config.ConfigFile;
import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.ConfigImport;
import io.github.cramdisk.api.config.ConfigImport.Found;
import io.github.cramdisk.api.config.ConfigNote;
import io.github.cramdisk.api.config.ConfigNote.Weight;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.rpc.Json;
import io.github.cramdisk.api.volume.SizeLimit;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is exported and read again is the same volume, but for what a note said; and its export is the same text. */
class RoundTripTest {
    static Stream<String> cases() throws IOException {
        return Cases.names().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void fstabReadsBackWhatItWrites(String name) throws IOException {
        check(name, ConfigFormat.FSTAB, false);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void unitsReadBackWhatTheyWrite(String name) throws IOException {
        check(name, ConfigFormat.SYSTEMD, true);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void zramGeneratorReadsBackWhatItWrites(String name) throws IOException {
        check(name, ConfigFormat.ZRAM_GENERATOR, true);
    }

    /** @param makesTargets whether the format makes missing mount points whatever the volume says */
    private static void check(String name, ConfigFormat format, boolean makesTargets) throws IOException {
        List<ConfigVolume> volumes = Cases.volumes(name);
        ConfigExport export = ConfigFormats.render(format, volumes, Cases.CONTEXT);
        ConfigImport read = read(export);

        assertThat(read.kept()).as("%s in %s", name, format.text()).isEmpty();
        Set<String> notExact = export.notes().stream()
                .filter(note -> note.weight() != Weight.HINT)
                .map(ConfigNote::volume)
                .collect(Collectors.toSet());
        Set<String> leftOut = export.notes().stream()
                .filter(note -> note.weight() == Weight.LEFT_OUT)
                .map(ConfigNote::volume)
                .collect(Collectors.toSet());
        assertThat(read.volumes().stream().map(found -> found.volume().title()).sorted())
                .as("%s in %s", name, format.text())
                .isEqualTo(volumes.stream()
                        .map(ConfigVolume::title)
                        .filter(title -> !leftOut.contains(title))
                        .sorted()
                        .toList());
        assertThat(exact(read.volumes().stream().map(Found::volume), notExact, makesTargets))
                .as("%s in %s", name, format.text())
                .isEqualTo(exact(volumes.stream(), notExact, makesTargets));
        if (!notExact.isEmpty()) {
            return;
        }
        List<ConfigVolume> again = read.volumes().stream().map(Found::volume).toList();
        ConfigExport second = ConfigFormats.render(format, again, Cases.CONTEXT);
        assertThat(texts(second)).as("%s in %s", name, format.text()).isEqualTo(texts(export));
    }

    private static Set<JsonNode> exact(Stream<ConfigVolume> volumes, Set<String> notExact, boolean makesTargets) {
        return volumes.filter(volume -> !notExact.contains(volume.title()))
                .map(volume -> {
                    ObjectNode tree = (ObjectNode) Json.tree(volume);
                    ObjectNode spec = (ObjectNode) tree.get("spec");
                    if (spec.hasNonNull("size") && volume instanceof ConfigVolume.Tmpfs) {
                        // A quarter and 25 % are the same limit.
                        spec.put(
                                "size",
                                SizeLimit.parse(spec.get("size").asText()).kernelBytes(Cases.CONTEXT.ramBytes()));
                    }
                    if (spec.get("use") instanceof ObjectNode use && (use.hasNonNull("uid") || use.hasNonNull("gid"))) {
                        // Where nobody asks, who is not named is root.
                        use.put("uid", use.path("uid").asLong(0));
                        use.put("gid", use.path("gid").asLong(0));
                    }
                    if (makesTargets) {
                        spec.put("createTarget", true);
                        if (spec.get("use") instanceof ObjectNode use && use.has("createTarget")) {
                            use.put("createTarget", true);
                        }
                    }
                    return tree;
                })
                .collect(Collectors.toCollection(() -> new TreeSet<>(java.util.Comparator.comparing(String::valueOf))));
    }

    private static Map<String, String> texts(ConfigExport export) {
        Map<String, String> files = new java.util.TreeMap<>();
        export.files()
                .forEach(file ->
                        files.put(file.path(), file.text().lines().sorted().collect(Collectors.joining("\n"))));
        return files;
    }

    static ConfigImport read(ConfigExport export) {
        Map<String, String> files = new LinkedHashMap<>();
        for (ConfigFile file : export.files()) {
            files.put(file.path(), file.text());
        }
        return switch (export.format()) {
            case FSTAB ->
                FstabParser.parse(
                        FstabFormat.FSTAB,
                        files.getOrDefault(FstabFormat.FSTAB, ""),
                        files.getOrDefault(UdevFormat.RULES, ""));
            case SYSTEMD -> UnitParser.parse(files);
            case ZRAM_GENERATOR -> ZramGeneratorParser.parse(files, Cases.CONTEXT.ramBytes());
            default -> throw new IllegalArgumentException(export.format().text());
        };
    }
}
