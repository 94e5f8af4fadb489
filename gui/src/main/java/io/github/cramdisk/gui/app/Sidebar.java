// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import io.github.cramdisk.gui.theme.ThemeChoice;
import io.github.cramdisk.gui.theme.ThemeModel;
import java.util.Locale;
import java.util.Objects;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignD;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignT;
import org.kordamp.ikonli.materialdesign2.MaterialDesignV;
import org.kordamp.ikonli.materialdesign2.MaterialDesignW;

/** The left side of the window: brand, pages, disks, theme, and how the engine is. */
final class Sidebar extends VBox {
    private static final double BRAND_SIZE = 32;

    private final ShellModel model;
    private final VBox disks = Ui.styled(new VBox(), "nav-list");
    private final Label disksHead = Ui.label(Texts.of("app.nav.disks"), "nav-head", "small");
    private final ToggleButton overview;
    private final ToggleButton volumes;
    private final ToggleButton configuration;

    Sidebar(ShellModel model, ThemeModel theme) {
        this.model = model;
        getStyleClass().add("sidebar");
        overview = entry(
                Texts.of("app.nav.overview"), Ui.icon(MaterialDesignV.VIEW_DASHBOARD_OUTLINE), new Page.Overview());
        overview.setId("nav-overview");
        volumes = entry(Texts.of("app.nav.volumes"), Ui.icon(MaterialDesignD.DATABASE_OUTLINE), new Page.Volumes());
        volumes.setId("nav-volumes");
        configuration = entry(
                Texts.of("app.nav.configuration"), Ui.icon(MaterialDesignF.FILE_COG_OUTLINE), new Page.Configuration());
        configuration.setId("nav-configuration");

        ScrollPane list = new ScrollPane(new VBox(overview, volumes, configuration, disksHead, disks));
        list.getStyleClass().add("nav-scroll");
        list.setFitToWidth(true);
        list.setFocusTraversable(false);
        list.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren().addAll(brand(), list, themes(theme), engineLine());

        model.entries().addListener((ListChangeListener<ShellModel.Entry>) change -> showDisks());
        model.pageProperty().addListener((property, before, now) -> showPage());
        showDisks();
    }

    private static Node brand() {
        ImageView icon =
                new ImageView(new Image(Objects.requireNonNull(Sidebar.class.getResource(AppIcons.path(128)), "icon")
                        .toExternalForm()));
        icon.setFitWidth(BRAND_SIZE);
        icon.setFitHeight(BRAND_SIZE);
        icon.setSmooth(true);
        HBox brand = Ui.styled(new HBox(icon, Ui.label(Texts.of("app.name"), "brand-name", "strong")), "brand");
        brand.setAlignment(Pos.CENTER_LEFT);
        return brand;
    }

    private ToggleButton entry(String text, Node graphic, Page page) {
        ToggleButton entry = new ToggleButton(text, graphic);
        entry.getStyleClass().add("nav-entry");
        entry.setMaxWidth(Double.MAX_VALUE);
        entry.setMnemonicParsing(false);
        entry.setAlignment(Pos.CENTER_LEFT);
        entry.setUserData(page);
        entry.setOnAction(event -> {
            model.goTo(page);
            showPage();
        });
        return entry;
    }

    private void showDisks() {
        disks.getChildren()
                .setAll(model.entries().stream()
                        .map(disk -> {
                            StackPane dot = Ui.styled(new StackPane(Ui.styled(new Region(), "disk-dot")), "nav-dot");
                            ToggleButton entry = entry(disk.name(), dot, new Page.Disk(disk.name()));
                            entry.getStyleClass().add("disk-color-" + disk.colorIndex());
                            entry.setId("nav-disk-" + disk.name());
                            entry.setTooltip(new Tooltip(disk.name()));
                            return entry;
                        })
                        .toList());
        Ui.setShown(disksHead, !model.entries().isEmpty());
        showPage();
    }

    private void showPage() {
        select(overview);
        select(volumes);
        select(configuration);
        disks.getChildren().forEach(node -> select((ToggleButton) node));
    }

    private void select(ToggleButton entry) {
        entry.setSelected(model.page().equals(entry.getUserData()));
    }

    private static Node themes(ThemeModel theme) {
        ToggleGroup group = new ToggleGroup();
        HBox box = Ui.styled(
                new HBox(
                        theme(theme, group, ThemeChoice.LIGHT, MaterialDesignW.WHITE_BALANCE_SUNNY, "app.theme.light"),
                        theme(theme, group, ThemeChoice.DARK, MaterialDesignW.WEATHER_NIGHT, "app.theme.dark"),
                        theme(theme, group, ThemeChoice.SYSTEM, MaterialDesignT.THEME_LIGHT_DARK, "app.theme.system")),
                "segments");
        group.selectedToggleProperty().addListener((property, before, now) -> {
            if (now == null && before != null) {
                before.setSelected(true);
            }
        });
        return Ui.styled(new HBox(box), "themes");
    }

    private static ToggleButton theme(ThemeModel theme, ToggleGroup group, ThemeChoice choice, Ikon glyph, String key) {
        ToggleButton toggle = new ToggleButton("", Ui.icon(glyph));
        toggle.setId("theme-" + choice.name().toLowerCase(Locale.ROOT));
        toggle.getStyleClass().add("segment");
        toggle.setTooltip(new Tooltip(Texts.of(key)));
        toggle.setAccessibleText(Texts.of(key));
        toggle.setToggleGroup(group);
        toggle.setSelected(theme.choiceProperty().get() == choice);
        theme.choiceProperty().addListener((property, before, now) -> {
            if (now == choice) {
                toggle.setSelected(true);
            }
        });
        toggle.selectedProperty().addListener((property, before, selected) -> {
            if (selected) {
                theme.choiceProperty().set(choice);
            }
        });
        return toggle;
    }

    private Node engineLine() {
        Region dot = Ui.styled(new Region(), "engine-dot");
        Label text = Ui.label("", "muted", "small");
        text.setId("engine-line");
        text.setMinWidth(0);
        Tooltip tooltip = new Tooltip();
        HBox line = Ui.styled(new HBox(dot, text), "engine-line");
        line.setAlignment(Pos.CENTER_LEFT);
        model.engineLineProperty().addListener((property, before, now) -> show(now, dot, text, tooltip));
        show(model.engineLineProperty().get(), dot, text, tooltip);
        return line;
    }

    private static void show(ShellModel.EngineLine line, Region dot, Label text, Tooltip tooltip) {
        text.setText(line.text());
        dot.getStyleClass().setAll("engine-dot", "engine-" + line.tone().name().toLowerCase(Locale.ROOT));
        tooltip.setText(line.details());
        text.setTooltip(line.details().isEmpty() ? null : tooltip);
    }
}
