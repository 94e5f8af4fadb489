// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.gui.FakeEngine;
import io.github.cramdisk.gui.common.Language;
import io.github.cramdisk.gui.common.Settings;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.create.Default;
import io.github.cramdisk.gui.create.Draft;
import io.github.cramdisk.gui.create.Purpose;
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
    void newVolumesBeginWithWhatIsKept() {
        Settings settings = settings();
        SettingsModel model = open(settings);
        assertThat(Default.of(Purpose.DISK, settings)).isEqualTo(Draft.EMPTY);
        model.defaults(Default.DISK_CODEC).textProperty().set("zstd:9");
        model.defaults(Default.DISK_BLOCK_SIZE).textProperty().set("64K");
        model.defaults(Default.DISK_LIMIT).textProperty().set("2G");
        model.defaults(Default.SWAP_ALGORITHM).textProperty().set("zstd");
        model.defaults(Default.SCRATCH_SIZE).textProperty().set("512M");
        assertThat(saved).hasValue(5);
        settings.save();

        Settings next = settings();
        assertThat(Default.of(Purpose.DISK, next))
                .isEqualTo(new Draft(null, CodecSpec.zstd(9), ByteSize.ofKibi(64), ByteSize.ofGibi(2), null));
        assertThat(Default.of(Purpose.SWAP, next)).isEqualTo(new Draft(null, null, null, null, "zstd"));
        assertThat(Draft.ofSize(ByteSize.ofGibi(3))
                        .or(Default.of(Purpose.SCRATCH, next))
                        .size())
                .as("what was drawn counts more")
                .isEqualTo(ByteSize.ofGibi(3));
        assertThat(Default.of(Purpose.EXPERT, next)).isEqualTo(Draft.EMPTY);
        assertThat(open(next).defaults(Default.DISK_CODEC).textProperty().get()).isEqualTo("zstd:9");
    }

    @Test
    void whatCannotBeIsSaidAndNotKept() {
        Settings settings = settings();
        DefaultSetting limit = open(settings).defaults(Default.DISK_LIMIT);
        limit.textProperty().set("2G");
        limit.textProperty().set("1M");
        assertThat(limit.errorProperty().get()).contains("8M");
        assertThat(Default.DISK_LIMIT.in(settings)).isEqualTo("2G");
        limit.textProperty().set("");
        assertThat(limit.errorProperty().get()).isEmpty();
        assertThat(Default.DISK_LIMIT.in(settings)).isEmpty();
        settings.put("default.disk-codec", "rar");
        assertThat(Default.of(Purpose.DISK, settings)).isEqualTo(Draft.EMPTY);
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
