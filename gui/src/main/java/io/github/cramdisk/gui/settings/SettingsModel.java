// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.settings;

import io.github.cramdisk.api.EngineStatus;
import io.github.cramdisk.gui.common.Language;
import io.github.cramdisk.gui.common.Settings;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.create.Default;
import io.github.cramdisk.gui.engine.EngineLink;
import io.github.cramdisk.gui.engine.EngineState;
import io.github.cramdisk.gui.theme.ThemeChoice;
import io.github.cramdisk.gui.theme.ThemeModel;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;

/** View model of the settings. Every choice is kept at once. */
public final class SettingsModel {
    private final ThemeModel theme;
    private final ObjectProperty<Language> language = new SimpleObjectProperty<>(this, "language");
    private final BooleanProperty notify = new SimpleBooleanProperty(this, "notify");
    private final BooleanProperty startEngine = new SimpleBooleanProperty(this, "startEngine");
    private final Map<Default, DefaultSetting> defaults = new EnumMap<>(Default.class);
    private final ReadOnlyObjectWrapper<List<Fact>> facts = new ReadOnlyObjectWrapper<>(this, "facts", List.of());

    /** Something about the engine, to be read and copied. */
    record Fact(String id, String name, String value) {}

    /** @param changed told after each change, so that the settings are written */
    public SettingsModel(Settings settings, ThemeModel theme, EngineLink link, Runnable changed) {
        this.theme = theme;
        language.set(Language.chosen(settings));
        notify.set(Preferences.NOTIFY.in(settings));
        startEngine.set(Preferences.START_ENGINE.in(settings));
        notify.addListener((property, before, now) -> {
            Preferences.NOTIFY.set(settings, now);
            changed.run();
        });
        startEngine.addListener((property, before, now) -> {
            Preferences.START_ENGINE.set(settings, now);
            changed.run();
        });
        language.addListener((property, before, now) -> {
            now.choose(settings);
            changed.run();
        });
        for (Default each : Default.values()) {
            defaults.put(each, new DefaultSetting(each, settings, changed));
        }
        link.stateProperty().addListener((property, before, now) -> look(now));
        look(link.state());
    }

    ObjectProperty<ThemeChoice> themeProperty() {
        return theme.choiceProperty();
    }

    /** The language; the window is made anew when it changes. */
    public ObjectProperty<Language> languageProperty() {
        return language;
    }

    /** Whether events come as notifications of the desktop, too. */
    BooleanProperty notifyProperty() {
        return notify;
    }

    /** Whether the window starts an engine where none runs. */
    BooleanProperty startEngineProperty() {
        return startEngine;
    }

    /** With what a form of a new volume begins. */
    DefaultSetting defaults(Default about) {
        return Objects.requireNonNull(defaults.get(about));
    }

    /** About the engine that the window is connected to; empty while there is none. */
    ReadOnlyObjectProperty<List<Fact>> factsProperty() {
        return facts.getReadOnlyProperty();
    }

    private void look(EngineState state) {
        if (!(state instanceof EngineState.Running running)) {
            facts.set(List.of());
            return;
        }
        EngineStatus status = running.status();
        facts.set(List.of(
                fact("version", "settings.engine.version", status.version()),
                fact("pid", "settings.engine.pid", Long.toString(status.pid())),
                fact("memory", "settings.engine.memory", Sizes.format(status.privateBytes())),
                fact("socket", "settings.engine.socket", status.socket()),
                fact("arena", "settings.engine.arena", status.arenaDirectory()),
                fact("definitions", "settings.engine.definitions", status.configDirectory()),
                fact("log", "settings.engine.log", status.logFile())));
    }

    private static Fact fact(String id, String key, String value) {
        return new Fact(id, Texts.of(key), value);
    }
}
