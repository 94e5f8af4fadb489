// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.cramdisk.api.config.ConfigExport;
import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.ConfigNote;
import io.github.cramdisk.api.config.ConfigNote.Weight;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.volume.SizeLimit;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a real parser of YAML reads out of the files for containers: the mount points and limits that were meant. */
class YamlTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final List<String> BINARY_UNITS = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi");

    static Stream<String> cases() throws IOException {
        return Cases.names().stream();
    }

    private static List<String> noted(ConfigExport export, Weight weight) {
        return export.notes().stream()
                .filter(note -> note.weight() == weight)
                .map(ConfigNote::volume)
                .toList();
    }

    /** What was read is what the volumes of a case say, but for those that the format leaves out or says it changes. */
    private static void check(Map<String, Long> read, String name, ConfigExport export) throws IOException {
        Map<String, Long> meant = meant(name, export);
        assertThat(read).containsOnlyKeys(meant.keySet());
        List<String> changed = noted(export, Weight.CHANGED);
        read.forEach((target, bytes) -> {
            if (!changed.contains("tmpfs " + target)) {
                assertThat(bytes).as(target).isEqualTo(meant.get(target));
            }
        });
    }

    /** Bytes by mount point, 0 for no limit. */
    private static Map<String, Long> meant(String name, ConfigExport export) throws IOException {
        List<String> leftOut = noted(export, Weight.LEFT_OUT);
        Map<String, Long> meant = new HashMap<>();
        for (ConfigVolume volume : Cases.volumes(name)) {
            if (volume instanceof ConfigVolume.Tmpfs tmpfs && !leftOut.contains(volume.title())) {
                SizeLimit size = tmpfs.spec().size();
                meant.put(tmpfs.target(), size == null ? 0 : Math.max(0, size.kernelBytes(Cases.CONTEXT.ramBytes())));
            }
        }
        return meant;
    }

    private static ConfigExport export(ConfigFormat format, String name) throws IOException {
        return ConfigFormats.render(format, Cases.volumes(name), Cases.CONTEXT);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void composeSaysWhatWasMeant(String name) throws IOException {
        ConfigExport export = export(ConfigFormat.COMPOSE, name);
        Map<String, Long> read = new HashMap<>();
        if (!export.files().isEmpty()) {
            JsonNode app = YAML.readTree(export.files().get(0).text()).at("/services/app");
            for (JsonNode line : app.path("tmpfs")) {
                // Compose puts variables in before anything else; two dollars are one.
                String[] parts = line.textValue().replace("$$", "$").split(":", 2);
                read.put(parts[0], sizeOption(parts[1]));
            }
            for (JsonNode volume : app.path("volumes")) {
                assertThat(volume.get("type").textValue()).isEqualTo("tmpfs");
                read.put(
                        volume.get("target").textValue().replace("$$", "$"),
                        volume.at("/tmpfs/size").longValue());
            }
        }
        check(read, name, export);
    }

    private static long sizeOption(String options) {
        return Stream.of(options.split(","))
                .filter(option -> option.startsWith("size=") && !option.equals("size=0"))
                .map(option ->
                        SizeLimit.parse(option.substring("size=".length())).kernelBytes(Cases.CONTEXT.ramBytes()))
                .findFirst()
                .orElse(0L);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void kubernetesReadsWhatWasMeant(String name) throws IOException {
        ConfigExport export = export(ConfigFormat.KUBERNETES, name);
        Map<String, Long> read = new HashMap<>();
        if (!export.files().isEmpty()) {
            JsonNode spec = YAML.readTree(export.files().get(0).text()).get("spec");
            Map<String, Long> limits = new HashMap<>();
            for (JsonNode volume : spec.get("volumes")) {
                assertThat(volume.at("/emptyDir/medium").textValue()).isEqualTo("Memory");
                // RFC 1123, which Kubernetes asks of names.
                assertThat(volume.get("name").textValue()).matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
                limits.put(
                        volume.get("name").textValue(),
                        quantity(volume.at("/emptyDir/sizeLimit").asText("0")));
            }
            for (JsonNode mount : spec.at("/containers/0/volumeMounts")) {
                String volume = mount.get("name").textValue();
                assertThat(limits).containsKey(volume);
                read.put(mount.get("mountPath").textValue(), limits.get(volume));
            }
        }
        check(read, name, export);
    }

    private static long quantity(String text) {
        int digits = text.replaceAll("[^0-9]", "").length();
        int unit = BINARY_UNITS.indexOf(text.substring(digits));
        assertThat(unit).as(text).isNotNegative();
        return Long.parseLong(text.substring(0, digits)) << (10 * unit);
    }
}
