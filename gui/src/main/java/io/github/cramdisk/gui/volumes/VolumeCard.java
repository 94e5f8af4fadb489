// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.volumes;

import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.gui.common.CardMenu;
import io.github.cramdisk.gui.common.Meter;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.materialdesign2.MaterialDesignB;
import org.kordamp.ikonli.materialdesign2.MaterialDesignD;
import org.kordamp.ikonli.materialdesign2.MaterialDesignE;
import org.kordamp.ikonli.materialdesign2.MaterialDesignI;
import org.kordamp.ikonli.materialdesign2.MaterialDesignR;

/** One volume of the machine: what it gives, what it costs, its options and who uses it. */
final class VolumeCard extends HBox {
    private static final double TWO_LINES = 32;

    private final VolumeFace face;
    private final VolumesModel model;
    private final VolumeActions actions;

    VolumeCard(VolumeFace face, VolumesModel model, VolumeActions actions) {
        this.face = face;
        this.model = model;
        this.actions = actions;
        getStyleClass()
                .addAll("card", "volume-card", "volume-" + face.volume().kind().text());
        String plainTitle = face.title().replace('/', '-').toLowerCase(Locale.ROOT);
        setId("volume" + (plainTitle.startsWith("-") ? plainTitle : "-" + plainTitle));
        setAccessibleRole(AccessibleRole.TEXT);
        setAccessibleText(Texts.of(
                "volumes.card",
                face.chip(),
                face.title(),
                face.get(),
                face.usedText(),
                face.costs(),
                face.options(),
                face.users()));

        HBox chips = Ui.styled(new HBox(Ui.label(face.chip(), "chip", "kind-chip")), "chips");
        String owner = face.volume().owner();
        if (owner != null) {
            chips.getChildren().add(Ui.label(owner, "muted", "small"));
        }
        VBox identity = Ui.styled(new VBox(withTooltip(face.title(), "card-name", "strong"), chips), "identity");
        VBox scales = Ui.styled(
                new VBox(
                        scale(face.get(), face.usedText(), face.used(), "meter-get"),
                        scale(face.costs(), face.swappedText(), face.cost(), "meter-cost")),
                "scales");
        HBox.setHgrow(scales, Priority.ALWAYS);
        Label options = withTooltip(face.options(), "muted", "small");
        options.setWrapText(true);
        options.setMaxHeight(TWO_LINES);
        VBox details = Ui.styled(new VBox(options, withTooltip(face.users(), "muted", "small")), "volume-details");
        HBox body = Ui.styled(
                new HBox(identity, scales, details, new CardMenu(face.title(), "menu" + getId(), this, this::items)),
                "card-body");
        body.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(body, Priority.ALWAYS);
        getChildren().add(body);
    }

    private static Label withTooltip(String text, String... classes) {
        Label label = Ui.label(text, classes);
        if (!text.isEmpty()) {
            Tooltip tooltip = new Tooltip(text);
            tooltip.setWrapText(true);
            tooltip.setMaxWidth(480);
            label.setTooltip(tooltip);
        }
        Ui.setShown(label, !text.isEmpty());
        return label;
    }

    private static javafx.scene.Node scale(String left, String right, double share, String style) {
        Meter meter = new Meter(style);
        meter.setShare(share);
        return meter.withWords(Ui.label(left, "scale-name"), Ui.label(right, "muted", "small"));
    }

    private List<MenuItem> items() {
        VolumeInfo volume = face.volume();
        List<MenuItem> items = new ArrayList<>();
        for (VolumeFace.Can can : face.can()) {
            items.add(
                    switch (can) {
                        case OPEN ->
                            CardMenu.item(
                                    Texts.of("volumes.details"),
                                    MaterialDesignI.INFORMATION_OUTLINE,
                                    () -> actions.openDisk(Objects.requireNonNullElse(volume.name(), volume.title())));
                        case CHANGE ->
                            CardMenu.item(
                                    Texts.of("volumes.resize"), MaterialDesignR.RESIZE, () -> actions.change(volume));
                        case ADOPT ->
                            CardMenu.item(
                                    Texts.of("volumes.adopt"),
                                    MaterialDesignB.BOOKMARK_PLUS_OUTLINE,
                                    () -> model.adopt(volume));
                        case REMOVE -> remove(volume);
                    });
        }
        return items;
    }

    private MenuItem remove(VolumeInfo volume) {
        return switch (volume.kind()) {
            case ZRAM ->
                CardMenu.danger(
                        Texts.of("volumes.remove"), MaterialDesignD.DELETE_OUTLINE, () -> actions.remove(volume));
            default ->
                CardMenu.danger(
                        Texts.of("volumes.unmount"), MaterialDesignE.EJECT_OUTLINE, () -> actions.remove(volume));
        };
    }
}
