// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.gui.common.CopyButton;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The URI of a disk, and the commands with which common tools use it, each ready to copy. */
final class UsageBox extends VBox {
    private final List<Line> lines = List.of(
            new Line(Texts.of("disk.use.uri"), "%s"),
            new Line(Texts.of("disk.use.nbdcopy"), "nbdcopy image.raw '%s'"),
            new Line(Texts.of("disk.use.qemu"), "qemu-img convert -n -O raw disk.qcow2 '%s'"),
            new Line(Texts.of("disk.use.fuse"), "mkdir -p ram && nbdfuse ram '%s'"));

    private String uri = "";

    /** @param template takes the URI */
    private record Line(String name, String template, Label text) {
        Line(String name, String template) {
            this(name, template, Ui.label("", "mono", "command-text"));
        }
    }

    UsageBox() {
        getStyleClass().add("usage");
        List<HBox> boxes = new ArrayList<>();
        for (Line line : lines) {
            Label name = Ui.label(line.name(), "muted", "small", "usage-name");
            line.text().setMaxWidth(Double.MAX_VALUE);
            line.text().setMinWidth(0);
            HBox.setHgrow(line.text(), Priority.ALWAYS);
            HBox box = Ui.styled(
                    new HBox(
                            name,
                            line.text(),
                            new CopyButton(Texts.of("disk.use.copy", line.name()), "", () -> textOf(line))),
                    "command-box");
            box.setAlignment(Pos.CENTER_LEFT);
            boxes.add(box);
        }
        getChildren().addAll(boxes);
    }

    void show(String newUri) {
        if (!uri.equals(newUri)) {
            uri = newUri;
            for (Line line : lines) {
                line.text().setText(textOf(line));
                line.text().setTooltip(new Tooltip(textOf(line)));
            }
        }
    }

    private String textOf(Line line) {
        return String.format(line.template(), uri);
    }
}
