// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.ConfigRequest;
import io.github.cramdisk.api.config.ConfigSource;
import io.github.cramdisk.gui.FakeConfiguration;
import io.github.cramdisk.gui.FakeEngine;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.engine.EngineLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigurationModelTest {
    private final FakeEngine engine = new FakeEngine();
    private final EngineLink link = new EngineLink(() -> engine, Tasks.direct());
    private final ConfigurationModel model = new ConfigurationModel(link);

    @BeforeEach
    void load() {
        link.connect();
        engine.volumes().addSome();
        model.load();
    }

    private ConfigRequest last() {
        List<Object> asked = engine.configuration().asked;
        return (ConfigRequest) asked.get(asked.size() - 1);
    }

    @Test
    void offersTheVolumesOfCramdiskAllChosen() {
        assertThat(model.choices())
                .isNotEmpty()
                .allMatch(choice -> choice.chosen().get());
        assertThat(last().format()).isEqualTo(ConfigFormat.FSTAB);
        assertThat(last().names())
                .isEqualTo(model.choices().stream()
                        .map(ConfigurationModel.Choice::name)
                        .toList());
        assertThat(model.text()).contains(FakeConfiguration.LINE);
        assertThat(model.notes())
                .singleElement()
                .asString()
                .contains("It cannot.")
                .contains("systemd");
    }

    @Test
    void whatIsLeftOutIsNotAskedForAndNothingIsNotAll() {
        String kept = model.choices().get(0).name();
        model.choices().stream().skip(1).forEach(choice -> choice.chosen().set(false));
        assertThat(last().names()).containsExactly(kept);
        int asked = engine.configuration().asked.size();
        model.choices().get(0).chosen().set(false);
        assertThat(engine.configuration().asked).as("no names would mean all").hasSize(asked);
        assertThat(model.lines()).isEmpty();
    }

    @Test
    void showsTheDifferenceWithItsKindsOfLines() {
        model.differenceProperty().set(true);
        assertThat(model.lines())
                .extracting(Line::kind)
                .containsExactly(Line.Kind.FILE, Line.Kind.FILE, Line.Kind.ADDED);
    }

    @Test
    void takesVolumesFromWhatIsConfiguredAlreadyAndShowsWhatItDoesNotUnderstand() {
        model.sourceProperty().set(ConfigSource.FSTAB);
        assertThat(model.choices()).extracting(ConfigurationModel.Choice::name).containsExactly("/mnt/x");
        assertThat(last().from()).isEqualTo(ConfigSource.FSTAB);
        assertThat(model.notes()).anyMatch(note -> note.contains("mystery"));
    }

    @Test
    void appliesAndRevertsWhatIsShown() {
        model.apply();
        assertThat(model.doneProperty().get()).contains("/etc/fstab");
        model.revert();
        assertThat(engine.configuration().asked).contains(ConfigFormat.FSTAB);
        assertThat(model.busyProperty().get()).isFalse();
    }

    @Test
    void savesEveryFileInItsPlaceBelowTheFolder(@TempDir Path directory) throws IOException {
        engine.configuration().severalFiles = true;
        model.refresh();
        model.save(directory);
        assertThat(Files.readString(directory.resolve("etc/fstab"))).isEqualTo(FakeConfiguration.LINE);
        assertThat(directory.resolve("home/.config/systemd/user/a.service")).exists();
        assertThat(model.doneProperty().get()).contains(directory.toString());
    }
}
