// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.doctor;

import io.github.cramdisk.api.volume.Finding;
import io.github.cramdisk.gui.common.EmptyState;
import io.github.cramdisk.gui.common.PageFrame;
import io.github.cramdisk.gui.common.RefusalBox;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignL;
import org.kordamp.ikonli.materialdesign2.MaterialDesignR;

/** The doctor: what could be better on this machine, why it matters, and the command that puts it right. */
public final class DoctorView extends PageFrame {
    private final DoctorModel model;
    private final Button check;
    private final VBox findings = Ui.styled(new VBox(), "cards");
    private final Node waiting = waiting("doctor-loading", Texts.of("doctor.loading"));
    private final EmptyState healthy = new EmptyState(
            MaterialDesignC.CHECK_CIRCLE_OUTLINE, Texts.of("doctor.healthy"), Texts.of("doctor.healthy.text"));

    public DoctorView(DoctorModel model) {
        this(model, new Button(Texts.of("doctor.check"), Ui.icon(MaterialDesignR.REFRESH)));
    }

    private DoctorView(DoctorModel model, Button check) {
        super("doctor", Texts.of("doctor.title"), Ui.label(Texts.of("doctor.subtitle"), "muted"), check);
        this.model = model;
        this.check = check;
        check.setId("doctor-check");
        check.setMinWidth(USE_PREF_SIZE);
        check.setOnAction(event -> model.check());
        healthy.setId("doctor-healthy");
        add(new RefusalBox(model.refusalProperty(), "doctor-"), waiting, healthy, findings);
        model.busyProperty().addListener(observable -> showState());
        model.findingsProperty().addListener((property, before, now) -> show(now));
        model.refusalProperty().addListener(observable -> showState());
        sceneProperty().addListener((property, before, scene) -> model.setShown(scene != null));
        show(model.findingsProperty().get());
    }

    @Override
    public void focusFirst() {
        check.requestFocus();
    }

    private void show(@Nullable List<Finding> found) {
        List<Finding> shown = found == null ? List.of() : found;
        findings.getChildren()
                .setAll(shown.stream()
                        .map(finding -> card(finding.in(Texts.language())))
                        .toList());
        showState();
    }

    private void showState() {
        List<Finding> found = model.findingsProperty().get();
        boolean refused = model.refusalProperty().get() != null;
        check.setText(Texts.of(model.busyProperty().get() ? "doctor.checking" : "doctor.check"));
        Ui.setShown(waiting, found == null && !refused);
        Ui.setShown(healthy, found != null && found.isEmpty() && !refused);
        Ui.setShown(findings, found != null && !found.isEmpty());
    }

    private static Node card(Finding finding) {
        String severity = finding.severity().name().toLowerCase(Locale.ROOT);
        StackPane sign = Ui.styled(new StackPane(Ui.icon(glyph(finding.severity()))), "finding-sign");
        Label what = Ui.paragraph(finding.what(), "strong");
        Label grade = Ui.label(Texts.of("doctor.severity." + severity), "chip", "finding-grade");
        grade.setMinWidth(USE_PREF_SIZE);
        HBox.setHgrow(what, Priority.ALWAYS);
        HBox head = new HBox(12, what, grade);
        head.setAlignment(Pos.TOP_LEFT);
        VBox words = new VBox(6, head, Ui.paragraph(finding.why(), "muted"), Ui.paragraph(finding.remedy()));
        HBox.setHgrow(words, Priority.ALWAYS);
        String command = finding.command();
        if (command != null) {
            // All but the commands of Cramdisk itself want root.
            String line = command.startsWith("cramdisk") ? command : asRoot(command);
            words.getChildren().add(RefusalBox.commandLine(Ui.paragraph(line, "mono", "command-text")));
        }
        HBox card = Ui.styled(new HBox(14, sign, words), "card", "panel", "finding", "finding-" + severity);
        card.setId("finding-" + finding.id());
        card.setAccessibleRole(AccessibleRole.TEXT);
        card.setAccessibleText(
                Texts.of("doctor.accessible", grade.getText(), finding.what(), finding.why(), finding.remedy()));
        return card;
    }

    /** A redirection is not done by sudo itself. */
    private static String asRoot(String command) {
        return command.contains(">") ? "sudo sh -c '" + command.replace("'", "'\\''") + "'" : "sudo " + command;
    }

    private static Ikon glyph(Finding.Severity severity) {
        return switch (severity) {
            case HINT -> MaterialDesignL.LIGHTBULB_ON_OUTLINE;
            case WARNING -> MaterialDesignA.ALERT_OUTLINE;
            case PROBLEM -> MaterialDesignA.ALERT_OCTAGON_OUTLINE;
        };
    }
}
