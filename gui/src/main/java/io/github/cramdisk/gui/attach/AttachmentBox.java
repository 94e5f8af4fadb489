// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.attach;

import io.github.cramdisk.gui.common.RefusalBox;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;

/** The strip on the page of a disk: where it is mounted, with the buttons that mount, open and unmount it. */
public final class AttachmentBox extends VBox {
    private final AttachmentModel model;
    private final Label words = Ui.label("", "strong");
    private final Label note = Ui.label("", "muted", "small");
    private final Button mount = new Button(Texts.of("attach.mount"));
    private final Button open = new Button(Texts.of("disk.volume.open"));
    private final Button detach = new Button(Texts.of("attach.detach"));
    private final HBox buttons = new HBox(8, mount, open, detach);

    /** @param onMount asks how it is to be mounted */
    public AttachmentBox(AttachmentModel model, Runnable onMount) {
        this.model = model;
        setSpacing(8);
        setId("attachment");
        words.setId("attachment-words");
        words.setMinWidth(0);
        note.setId("attachment-note");
        note.setMinWidth(0);
        VBox text = new VBox(1, words, note);
        text.setMinWidth(0);
        text.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(text, Priority.ALWAYS);
        button(mount, "mount", onMount);
        button(open, "open-folder", model::openFolder);
        button(detach, "unmount", model::detach);
        detach.disableProperty().bind(model.busyProperty());
        buttons.setAlignment(Pos.CENTER_RIGHT);
        buttons.setMinWidth(USE_PREF_SIZE);
        HBox line = Ui.styled(
                new HBox(Ui.icon(MaterialDesignF.FOLDER_OUTLINE), text, buttons),
                "notice",
                "notice-plain",
                "attachment");
        line.setAlignment(Pos.CENTER_LEFT);
        getChildren()
                .addAll(
                        line,
                        new JobBox(model.job(), "attachment-"),
                        new RefusalBox(model.refusalProperty(), "attachment-"));
        model.faceProperty().addListener((property, before, now) -> show(now));
        model.job()
                .jobProperty()
                .addListener(property -> show(model.faceProperty().get()));
        show(model.faceProperty().get());
    }

    private static void button(Button button, String id, Runnable action) {
        button.setId(id);
        button.setMnemonicParsing(true);
        button.setMinWidth(USE_PREF_SIZE);
        button.setOnAction(event -> action.run());
    }

    private void show(AttachmentModel.@Nullable Face face) {
        if (face == null) {
            return;
        }
        boolean idle = model.job().jobProperty().get() == null;
        words.setText(face.words());
        words.setTooltip(new Tooltip(face.words()));
        note.setText(face.note());
        if (!face.detach().isEmpty()) {
            detach.setText(face.detach());
        }
        Ui.setShown(mount, face.mount() && idle);
        Ui.setShown(open, !face.folder().isEmpty());
        Ui.setShown(detach, !face.detach().isEmpty() && idle);
    }
}
