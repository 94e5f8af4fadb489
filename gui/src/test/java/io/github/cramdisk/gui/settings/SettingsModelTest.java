// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.gui.FakeEngine;
import io.github.cramdisk.gui.common.Language;
import io.github.cramdisk.gui.common.Settings;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.engine.EngineLink;
import io.github.cramdisk.gui.theme.Look;
import io.github.cramdisk.gui.theme.ThemeModel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsModelTest {
    private final FakeEngine engine = new FakeEngine();
    private final EngineLink link = new EngineLink(() -> engine, Tasks.direct());
    private final AtomicInteger saved = new AtomicInteger();

    @TempDir
    Path directory;

    private SettingsModel open(Settings settings) {
        return new SettingsModel(
                settings, new ThemeModel(settings, Tasks.direct(), () -> Look.LIGHT), link, saved::incrementAndGet);
    }

    private Settings settings() {
        return new Settings(directory.resolve("gui.properties"));
    }

    @Test
    void beginsWithTheLanguageOfTheSystemAndEverythingOn() {
        SettingsModel model = open(settings());
        assertThat(model.languageProperty().get()).isEqualTo(Language.SYSTEM);
        assertThat(model.notifyProperty().get()).isTrue();
        assertThat(model.startEngineProperty().get()).isTrue();
    }

    @Test
    void everyChoiceIsThereAtTheNextStart() {
        Settings settings = settings();
        SettingsModel model = open(settings);
        model.languageProperty().set(Language.GERMAN);
        model.notifyProperty().set(false);
        model.startEngineProperty().set(false);
        assertThat(saved).hasValue(3);
        settings.save();
        Settings next = settings();
        assertThat(Language.chosen(next)).isEqualTo(Language.GERMAN);
        assertThat(Preferences.NOTIFY.in(next)).isFalse();
        assertThat(Preferences.START_ENGINE.in(next)).isFalse();
    }

    @Test
    void tellsOfTheEngineWhileThereIsOne() {
        SettingsModel model = open(settings());
        assertThat(model.factsProperty().get()).isEmpty();
        link.connect();
        engine.tick();
        assertThat(model.factsProperty().get())
                .extracting(SettingsModel.Fact::id)
                .contains("version", "pid", "log");
        engine.die();
        assertThat(model.factsProperty().get()).isEmpty();
    }
}
