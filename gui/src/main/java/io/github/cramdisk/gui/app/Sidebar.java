// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import java.util.Locale;
import java.util.Objects;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignB;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignD;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;
import org.kordamp.ikonli.materialdesign2.MaterialDesignV;

/** The left side of the window: brand, pages, disks, settings, and how the engine is. */
final class Sidebar extends VBox {
    private static final double BRAND_SIZE = 32;
    private static final PseudoClass UNREAD = PseudoClass.getPseudoClass("unread");

    private final ShellModel model;
    private final VBox disks = Ui.styled(new VBox(), "nav-list");
    private final Label disksHead = Ui.label(Texts.of("app.nav.disks"), "nav-head", "small");
    private final VBox main = Ui.styled(new VBox(), "nav-list");
    private final ToggleButton activity;
    private final ToggleButton settings;

    /** @param unread events that nobody has looked at yet */
    Sidebar(ShellModel model, ReadOnlyIntegerProperty unread) {
        this.model = model;
        getStyleClass().add("sidebar");
        ShellModel.MAIN.forEach(page -> main.getChildren().add(pageEntry(page)));
        activity = pageEntry(new Page.Activity());
        unread.addListener((property, before, now) -> showUnread(now.intValue()));
        showUnread(unread.get());
        settings = pageEntry(new Page.Settings());
        ScrollPane list = new ScrollPane(new VBox(main, disksHead, disks));
        list.getStyleClass().add("nav-scroll");
        list.setFitToWidth(true);
        list.setFocusTraversable(false);
        list.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        VBox.setVgrow(list, Priority.ALWAYS);
        VBox foot = Ui.styled(new VBox(2, activity, settings), "nav-foot");
        getChildren().addAll(brand(), list, foot, engineLine());

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

    private ToggleButton pageEntry(Page page) {
        String name = page.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        ToggleButton entry = entry(Texts.of("app.nav." + name), Ui.icon(glyph(page)), page);
        entry.setId("nav-" + name);
        entry.setMnemonicParsing(true);
        return entry;
    }

    private void showUnread(int count) {
        activity.setText(count == 0 ? Texts.of("app.nav.activity") : Texts.of("app.nav.activity.unread", count));
        activity.pseudoClassStateChanged(UNREAD, count > 0);
    }

    private static Ikon glyph(Page page) {
        if (page instanceof Page.Volumes) {
            return MaterialDesignD.DATABASE_OUTLINE;
        }
        if (page instanceof Page.Configuration) {
            return MaterialDesignF.FILE_COG_OUTLINE;
        }
        if (page instanceof Page.Monitor) {
            return MaterialDesignC.CHART_LINE;
        }
        if (page instanceof Page.Doctor) {
            return MaterialDesignS.STETHOSCOPE;
        }
        if (page instanceof Page.Compare) {
            return MaterialDesignS.SCALE_BALANCE;
        }
        if (page instanceof Page.Activity) {
            return MaterialDesignB.BELL_OUTLINE;
        }
        return page instanceof Page.Settings ? MaterialDesignC.COG_OUTLINE : MaterialDesignV.VIEW_DASHBOARD_OUTLINE;
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
        main.getChildren().forEach(node -> select((ToggleButton) node));
        select(activity);
        select(settings);
        disks.getChildren().forEach(node -> select((ToggleButton) node));
    }

    private void select(ToggleButton entry) {
        entry.setSelected(model.page().equals(entry.getUserData()));
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
