// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.theme;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.gui.common.Settings;
import io.github.cramdisk.gui.common.Tasks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ThemeModelTest {
    @TempDir
    Path directory;

    private final Look desktop = Look.DARK;

    private ThemeModel open() {
        return new ThemeModel(new Settings(directory.resolve("gui.properties")), Tasks.direct(), () -> desktop);
    }

    @Test
    void followsTheDesktopUntilTheUserChooses() {
        ThemeModel theme = open();
        assertThat(theme.lookProperty().get()).isEqualTo(Look.LIGHT);
        theme.refresh();
        assertThat(theme.lookProperty().get()).isEqualTo(Look.DARK);
        theme.choiceProperty().set(ThemeChoice.LIGHT);
        assertThat(theme.lookProperty().get()).isEqualTo(Look.LIGHT);
        theme.choiceProperty().set(ThemeChoice.CONTRAST);
        assertThat(theme.lookProperty().get()).isEqualTo(Look.CONTRAST);
        theme.choiceProperty().set(ThemeChoice.SYSTEM);
        assertThat(theme.lookProperty().get()).isEqualTo(Look.DARK);
    }

    @Test
    void remembersTheChoiceAndWhatTheDesktopWantedLast() {
        Settings settings = new Settings(directory.resolve("gui.properties"));
        ThemeModel first = new ThemeModel(settings, Tasks.direct(), () -> desktop);
        first.refresh();
        settings.save();
        assertThat(open().lookProperty().get()).as("dark from the first frame").isEqualTo(Look.DARK);
        first.choiceProperty().set(ThemeChoice.LIGHT);
        settings.save();
        assertThat(open().choiceProperty().get()).isEqualTo(ThemeChoice.LIGHT);
    }

    @Test
    void brokenSettingsAreOnlyForgotten() throws Exception {
        Files.writeString(directory.resolve("gui.properties"), "theme=\\u00zz\nwindow.width=abc");
        assertThat(open().choiceProperty().get()).isEqualTo(ThemeChoice.SYSTEM);
    }

    @Test
    void readsTheOldVariableOfToolkitsWhereNoDesktopAnswers() {
        assertThat(new LinuxDesktop(Map.of("GTK_THEME", "Adwaita:dark")).preferred())
                .isEqualTo(Look.DARK);
        assertThat(new LinuxDesktop(Map.of()).preferred()).isEqualTo(Look.LIGHT);
    }

    @Test
    void writesTheFontSheetForWhatIsInstalled() {
        assertThat(decoded(Theme.fontSheet(Set.of("Inter", "Inter Semi Bold", "DejaVu Sans"))))
                .contains("-fx-font-family: \"Inter\"")
                .contains(".strong { -fx-font-family: \"Inter Semi Bold\"");
        assertThat(decoded(Theme.fontSheet(Set.of()))).contains("\"System\"").contains("-fx-font-weight: bold");
    }

    private static String decoded(String sheet) {
        byte[] bytes = java.util.Base64.getDecoder().decode(sheet.substring(sheet.indexOf(',') + 1));
        return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }
}
