// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskColorsTest {
    @TempDir
    Path directory;

    @Test
    void noTwoDisksShareAColourBeforeAllAreUsed() {
        DiskColors colors = new DiskColors(new Settings(directory.resolve("a")));
        List<String> names = new ArrayList<>();
        for (int i = 0; i < DiskColors.COUNT; i++) {
            names.add("disk" + i);
            colors.update(names);
        }
        assertThat(names.stream().map(colors::of)).doesNotHaveDuplicates();
    }

    @Test
    void aDiskKeepsItsColourWhateverComesAndGoes() {
        DiskColors colors = new DiskColors(new Settings(directory.resolve("a")));
        colors.update(List.of("m"));
        int color = colors.of("m");
        colors.update(List.of("a", "b", "c", "m", "z"));
        colors.update(List.of("m", "z"));
        assertThat(colors.of("m")).isEqualTo(color);
    }

    @Test
    void coloursAreTheSameAtTheNextStart() {
        Path file = directory.resolve("gui.properties");
        Settings settings = new Settings(file);
        DiskColors colors = new DiskColors(settings);
        colors.update(List.of("z"));
        colors.update(List.of("a", "b", "c", "d", "z"));
        settings.save();
        DiskColors again = new DiskColors(new Settings(file));
        again.update(List.of("a", "b", "c", "d", "z"));
        for (String name : List.of("a", "b", "c", "d", "z")) {
            assertThat(again.of(name)).isEqualTo(colors.of(name));
        }
    }
}
