// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.settings;

import io.github.cramdisk.gui.common.CopyButton;
import io.github.cramdisk.gui.common.Language;
import io.github.cramdisk.gui.common.PageFrame;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import io.github.cramdisk.gui.theme.ThemeChoice;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignT;
import org.kordamp.ikonli.materialdesign2.MaterialDesignW;

/** The settings, a card for each matter. What is chosen takes effect at once. */
public final class SettingsView extends PageFrame {
    private final SettingsModel model;
    private final ComboBox<Language> languages = new ComboBox<>();
    private final GridPane facts = Ui.styled(new GridPane(), "facts");
    private final Label noEngine = Ui.label(Texts.of("settings.engine.none"), "muted");

    public SettingsView(SettingsModel model) {
        super("settings", Texts.of("settings.title"), Ui.label(Texts.of("settings.subtitle"), "muted"));
        this.model = model;
        add(
                card(Texts.of("settings.look"), row(Texts.of("settings.language"), languages, languages()), themes()),
                new DefaultsCard(model),
                card(
                        Texts.of("settings.notifications"),
                        check("notify", "settings.notify", model.notifyProperty()),
                        Ui.paragraph(Texts.of("settings.notify.note"), "muted", "small")),
                card(
                        Texts.of("settings.engine"),
                        check("start-engine", "settings.start-engine", model.startEngineProperty()),
                        noEngine,
                        facts));
        model.factsProperty().addListener((property, before, now) -> show(now));
        show(model.factsProperty().get());
    }

    @Override
    public void focusFirst() {
        languages.requestFocus();
    }

    private Node languages() {
        languages.setId("language");
        languages.getItems().setAll(Language.values());
        languages.setConverter(new LanguageConverter());
        languages.valueProperty().bindBidirectional(model.languageProperty());
        return languages;
    }

    private Node themes() {
        ToggleGroup group = new ToggleGroup();
        HBox choices = Ui.styled(
                new HBox(
                        theme(group, ThemeChoice.SYSTEM, MaterialDesignT.THEME_LIGHT_DARK, "settings.theme.system"),
                        theme(group, ThemeChoice.LIGHT, MaterialDesignW.WHITE_BALANCE_SUNNY, "settings.theme.light"),
                        theme(group, ThemeChoice.DARK, MaterialDesignW.WEATHER_NIGHT, "settings.theme.dark"),
                        theme(group, ThemeChoice.CONTRAST, MaterialDesignC.CONTRAST_CIRCLE, "settings.theme.contrast")),
                "segments");
        choices.setMaxWidth(USE_PREF_SIZE);
        group.selectedToggleProperty().addListener((property, before, now) -> {
            if (now == null && before != null) {
                before.setSelected(true);
            }
        });
        return row(Texts.of("settings.theme"), null, choices);
    }

    private ToggleButton theme(ToggleGroup group, ThemeChoice choice, Ikon glyph, String key) {
        ToggleButton toggle = new ToggleButton(Texts.of(key), Ui.icon(glyph));
        toggle.setId("theme-" + choice.key());
        toggle.getStyleClass().addAll("segment", "segment-large");
        toggle.setToggleGroup(group);
        toggle.setSelected(model.themeProperty().get() == choice);
        model.themeProperty().addListener((property, before, now) -> {
            if (now == choice) {
                toggle.setSelected(true);
            }
        });
        toggle.selectedProperty().addListener((property, before, selected) -> {
            if (selected) {
                model.themeProperty().set(choice);
            }
        });
        return toggle;
    }

    private static Node row(String name, @Nullable Node labelled, Node field) {
        Label label = Ui.label(name, "muted", "setting-name");
        label.setMnemonicParsing(labelled != null);
        label.setLabelFor(labelled);
        HBox row = new HBox(12, label, field);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private static CheckBox check(String id, String key, BooleanProperty value) {
        CheckBox box = new CheckBox(Texts.of(key));
        box.setId(id);
        box.setMnemonicParsing(true);
        box.selectedProperty().bindBidirectional(value);
        return box;
    }

    private static Node card(String title, Node... rows) {
        VBox card = Ui.styled(new VBox(Ui.label(title, "card-title", "strong")), "card", "panel");
        card.getChildren().addAll(rows);
        return card;
    }

    private void show(List<SettingsModel.Fact> now) {
        facts.getChildren().clear();
        for (int i = 0; i < now.size(); i++) {
            SettingsModel.Fact fact = now.get(i);
            Label value = Ui.label(fact.value());
            value.setMinWidth(0);
            facts.add(Ui.label(fact.name(), "muted", "setting-name"), 0, i);
            facts.add(value, 1, i);
            facts.add(new CopyButton(Texts.of("settings.copy", fact.name()), "", fact::value), 2, i);
        }
        Ui.setShown(facts, !now.isEmpty());
        Ui.setShown(noEngine, now.isEmpty());
    }

    /** Each language by its own name. */
    private static final class LanguageConverter extends StringConverter<Language> {
        @Override
        public String toString(@Nullable Language language) {
            return language == null
                    ? ""
                    : switch (language) {
                        case SYSTEM -> Texts.of("settings.language.system");
                        case ENGLISH -> Texts.of("settings.language.english");
                        case GERMAN -> Texts.of("settings.language.german");
                    };
        }

        @Override
        public Language fromString(String text) {
            throw new UnsupportedOperationException("the box cannot be edited");
        }
    }
}
