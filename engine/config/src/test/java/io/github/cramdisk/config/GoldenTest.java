// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.config.ConfigExport;
import io.github.cramdisk.api.config.ConfigFile;
import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.ConfigNote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every case in every format, compared byte for byte with what is under {@code golden/CASE/FORMAT}. To write them anew:
 * {@code mvn test -pl engine/config -am -Dtest=GoldenTest -Dgolden.write=true}, then read the difference.
 */
class GoldenTest {
    static Stream<String> cases() throws IOException {
        return Cases.names().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rendersAsRecorded(String name) throws IOException {
        for (ConfigFormat format : ConfigFormat.values()) {
            Map<String, String> rendered = files(ConfigFormats.render(format, Cases.volumes(name), Cases.CONTEXT));
            Path directory = Cases.DIRECTORY.resolve(name).resolve(format.text());
            if (Boolean.getBoolean("golden.write")) {
                write(directory, rendered);
            }
            assertThat(rendered).as("%s in %s", name, format.text()).isEqualTo(read(directory));
        }
    }

    private static Map<String, String> files(ConfigExport export) {
        Map<String, String> files = new TreeMap<>();
        for (ConfigFile file : export.files()) {
            String path = file.path().startsWith("~")
                    ? "home" + file.path().substring(1)
                    : file.path().replaceFirst("^/", "");
            assertThat(files.put(path, file.text()))
                    .as("the file %s twice", path)
                    .isNull();
        }
        StringBuilder notes = new StringBuilder();
        for (ConfigNote note : export.notes()) {
            notes.append(note.weight().text())
                    .append(": ")
                    .append(CommentText.of(note.volume()))
                    .append(": ")
                    .append(note.sentence())
                    .append(note.nearest() == null ? "" : " [" + note.nearest().text() + "]")
                    .append('\n');
        }
        if (!notes.isEmpty()) {
            files.put("NOTES", notes.toString());
        }
        return files;
    }

    private static Map<String, String> read(Path directory) throws IOException {
        Map<String, String> files = new TreeMap<>();
        if (Files.isDirectory(directory)) {
            try (Stream<Path> tree = Files.walk(directory)) {
                for (Path file : tree.filter(Files::isRegularFile).toList()) {
                    files.put(directory.relativize(file).toString(), Files.readString(file));
                }
            }
        }
        return files;
    }

    private static void write(Path directory, Map<String, String> files) throws IOException {
        if (Files.isDirectory(directory)) {
            try (Stream<Path> tree = Files.walk(directory)) {
                for (Path file :
                        tree.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue().getBytes(StandardCharsets.UTF_8));
        }
    }
}
