// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.theme;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.gui.common.Settings;
import io.github.cramdisk.gui.common.Tasks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ThemeModelTest {
    @TempDir
    Path directory;

    private final AtomicBoolean desktopDark = new AtomicBoolean(true);

    private ThemeModel open() {
        return new ThemeModel(new Settings(directory.resolve("gui.properties")), Tasks.direct(), desktopDark::get);
    }

    @Test
    void followsTheDesktopUntilTheUserChooses() {
        ThemeModel theme = open();
        assertThat(theme.darkProperty().get()).isFalse();
        theme.refresh();
        assertThat(theme.darkProperty().get()).isTrue();
        theme.choiceProperty().set(ThemeChoice.LIGHT);
        assertThat(theme.darkProperty().get()).isFalse();
        theme.choiceProperty().set(ThemeChoice.SYSTEM);
        assertThat(theme.darkProperty().get()).isTrue();
    }

    @Test
    void remembersTheChoiceAndWhatTheDesktopWantedLast() {
        Settings settings = new Settings(directory.resolve("gui.properties"));
        ThemeModel first = new ThemeModel(settings, Tasks.direct(), desktopDark::get);
        first.refresh();
        settings.save();
        assertThat(open().darkProperty().get()).as("dark from the first frame").isTrue();
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
        assertThat(new LinuxDesktop(Map.of("GTK_THEME", "Adwaita:dark")).prefersDark())
                .isTrue();
        assertThat(new LinuxDesktop(Map.of()).prefersDark()).isFalse();
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
