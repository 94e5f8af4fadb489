// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.compare;

import io.github.cramdisk.api.compare.Comparison;
import io.github.cramdisk.gui.attach.JobBox;
import io.github.cramdisk.gui.common.EmptyState;
import io.github.cramdisk.gui.common.PageFrame;
import io.github.cramdisk.gui.common.RefusalBox;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import io.github.cramdisk.gui.create.NewVolume;
import java.io.File;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;

/** The page that takes a folder of the user through tmpfs, zram and disks, and recommends what suits it. */
public final class CompareView extends PageFrame {
    private final CompareModel model;
    private final TextField folder = new TextField();
    private final Button start = new Button(Texts.of("compare.start"));
    private final Node waiting = waiting("compare-waiting", Texts.of("compare.waiting"));
    private final EmptyState empty =
            new EmptyState(MaterialDesignS.SCALE_BALANCE, Texts.of("compare.empty"), Texts.of("compare.empty.text"));
    private final ResultBox result;

    /** @param onNewVolume asks for the form of what is recommended */
    public CompareView(CompareModel model, NewVolume onNewVolume) {
        super("compare", Texts.of("compare.title"), Ui.paragraph(Texts.of("compare.subtitle"), "muted"));
        this.model = model;
        result = new ResultBox(model, onNewVolume);
        Label note = Ui.message(model.noteProperty(), "notice", "notice-plain");
        note.setId("compare-note");
        empty.setId("compare-empty");
        add(
                form(),
                new JobBox(model.job(), "compare-"),
                new RefusalBox(model.refusalProperty(), "compare-"),
                note,
                waiting,
                empty,
                result);
        model.busyProperty().addListener(observable -> showState());
        model.job().jobProperty().addListener(observable -> showState());
        model.refusalProperty().addListener(observable -> showState());
        model.comparisonProperty().addListener(observable -> showState());
        model.comparisonProperty().addListener((property, before, now) -> {
            if (now != null) {
                result.show(now);
            }
        });
        Comparison last = model.comparisonProperty().get();
        if (last != null) {
            result.show(last);
        }
        showState();
    }

    @Override
    public void focusFirst() {
        folder.requestFocus();
    }

    private Node form() {
        folder.setId("compare-folder");
        folder.setPromptText(Texts.of("compare.folder.example"));
        folder.textProperty().bindBidirectional(model.pathProperty());
        folder.setOnAction(event -> model.start());
        folder.disableProperty().bind(model.busyProperty());
        HBox.setHgrow(folder, Priority.ALWAYS);
        Label name = Ui.label(Texts.of("compare.folder"));
        name.setMnemonicParsing(true);
        name.setLabelFor(folder);
        name.setMinWidth(USE_PREF_SIZE);
        Button choose = new Button(Texts.of("compare.choose"));
        choose.setId("compare-choose");
        choose.setMnemonicParsing(true);
        choose.setMinWidth(USE_PREF_SIZE);
        choose.setOnAction(event -> choose());
        choose.disableProperty().bind(model.busyProperty());
        start.setId("compare-start");
        start.setMnemonicParsing(true);
        start.setMinWidth(USE_PREF_SIZE);
        start.getStyleClass().add("accent");
        start.setOnAction(event -> model.start());
        start.disableProperty().bind(model.readyProperty().not());
        HBox line = new HBox(10, name, folder, choose, start);
        line.setAlignment(Pos.CENTER_LEFT);
        Label wrong = Ui.message(model.pathErrorProperty(), "field-error", "small");
        wrong.setId("compare-folder-error");
        Label memory = Ui.paragraph("", "muted", "small");
        memory.setId("compare-memory");
        memory.textProperty().bind(model.memoryProperty());
        Label command = Ui.paragraph("", "mono", "command-text");
        command.setId("compare-command");
        command.textProperty().bind(model.commandProperty());
        return Ui.styled(
                new VBox(line, wrong, memory, RefusalBox.commandLine(command)), "card", "panel", "compare-form");
    }

    private void choose() {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(Texts.of("compare.choose.title"));
        File directory = chooser.showDialog(getScene().getWindow());
        if (directory != null) {
            model.pathProperty().set(directory.toString());
        }
    }

    private void showState() {
        boolean busy = model.busyProperty().get();
        boolean known = model.comparisonProperty().get() != null;
        Ui.setShown(waiting, busy && model.job().jobProperty().get() == null);
        Ui.setShown(result, !busy && known);
        Ui.setShown(empty, !busy && !known && model.refusalProperty().get() == null);
    }
}
