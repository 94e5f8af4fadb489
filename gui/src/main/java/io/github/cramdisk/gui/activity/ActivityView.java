// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.activity;

import io.github.cramdisk.api.EngineEvent;
import io.github.cramdisk.api.job.JobInfo;
import io.github.cramdisk.api.job.JobState;
import io.github.cramdisk.gui.common.EmptyState;
import io.github.cramdisk.gui.common.PageFrame;
import io.github.cramdisk.gui.common.RefusalBox;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignB;
import org.kordamp.ikonli.materialdesign2.MaterialDesignI;

/** What is going on: jobs with their progress, which can be cancelled, and the history of events. */
public final class ActivityView extends PageFrame {
    private static final int MOST_SHOWN = 50;

    private final ActivityModel model;
    private final VBox jobs = Ui.styled(new VBox(), "cards");
    private final VBox events = Ui.styled(new VBox(), "card", "events");
    private final Node jobsHead = Ui.label(Texts.of("activity.jobs"), "heading", "strong");
    private final Node eventsHead = Ui.label(Texts.of("activity.events"), "heading", "strong");
    private final EmptyState empty =
            new EmptyState(MaterialDesignB.BELL_OUTLINE, Texts.of("activity.empty"), Texts.of("activity.empty.text"));

    public ActivityView(ActivityModel model) {
        super("activity", Texts.of("activity.title"), Ui.label(Texts.of("activity.subtitle"), "muted"));
        this.model = model;
        add(new RefusalBox(model.refusalProperty(), "activity-"), jobsHead, jobs, eventsHead, events, empty);
        model.jobs().addListener((ListChangeListener<JobInfo>) change -> showJobs());
        model.events().addListener((ListChangeListener<EngineEvent>) change -> showEvents());
        sceneProperty().addListener((property, before, scene) -> model.setShown(scene != null));
        showJobs();
        showEvents();
    }

    @Override
    public void focusFirst() {
        Node button = lookup(".cancel-job");
        if (button != null) {
            button.requestFocus();
        } else {
            requestFocus();
        }
    }

    private void showJobs() {
        jobs.getChildren().setAll(model.jobs().stream().map(this::job).toList());
        showWhatThereIs();
    }

    private void showEvents() {
        events.getChildren()
                .setAll(model.events().stream()
                        .limit(MOST_SHOWN)
                        .map(ActivityView::event)
                        .toList());
        showWhatThereIs();
    }

    private void showWhatThereIs() {
        boolean some = !model.jobs().isEmpty();
        boolean past = !model.events().isEmpty();
        Ui.setShown(jobsHead, some);
        Ui.setShown(jobs, some);
        Ui.setShown(eventsHead, past);
        Ui.setShown(events, past);
        Ui.setShown(empty, !some && !past);
    }

    private Node job(JobInfo job) {
        Label title = Ui.label(
                Texts.of("activity.job." + job.kind().name().toLowerCase(Locale.ROOT), job.subject()), "strong");
        title.setMinWidth(0);
        HBox.setHgrow(title, Priority.ALWAYS);
        title.setMaxWidth(Double.MAX_VALUE);
        title.setTooltip(new javafx.scene.control.Tooltip(title.getText()));
        String problem = job.problem();
        Label state = Ui.paragraph(problem != null ? problem : stateOf(job), "muted", "small");
        HBox head = new HBox(12, title);
        head.setAlignment(Pos.CENTER_LEFT);
        VBox card = Ui.styled(new VBox(head), "card", "panel", "job");
        card.setId("job-" + job.id());
        if (job.state().isActive()) {
            Double progress = job.progress();
            ProgressBar bar = new ProgressBar(progress == null ? ProgressBar.INDETERMINATE_PROGRESS : progress);
            bar.setMaxWidth(Double.MAX_VALUE);
            bar.setAccessibleText(title.getText());
            card.getChildren().add(bar);
            if (job.cancellable()) {
                head.getChildren().add(cancel(job));
            }
        }
        card.getChildren().add(state);
        return card;
    }

    private Button cancel(JobInfo job) {
        Button cancel = new Button(Texts.of("common.cancel"));
        cancel.setMinWidth(USE_PREF_SIZE);
        cancel.getStyleClass().add("cancel-job");
        cancel.setId("cancel-job-" + job.id());
        cancel.setAccessibleText(Texts.of("activity.cancel", job.subject()));
        cancel.setDisable(job.state() == JobState.CANCELLING);
        cancel.setOnAction(event -> model.cancel(job));
        return cancel;
    }

    private static String stateOf(JobInfo job) {
        return job.state() == JobState.RUNNING
                ? job.stepIn(Texts.language())
                : Texts.of("activity.state." + job.state().name().toLowerCase(Locale.ROOT));
    }

    private static Node event(EngineEvent event) {
        String severity = event.severity().name().toLowerCase(Locale.ROOT);
        StackPane sign = Ui.styled(new StackPane(Ui.icon(glyph(event.severity()))), "finding-sign");
        Label sentence = Ui.paragraph(ActivityModel.sentence(event));
        Label time = Ui.label(
                DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT)
                        .withLocale(Texts.language())
                        .format(Instant.ofEpochMilli(event.timeMillis()).atZone(ZoneId.systemDefault())),
                "muted",
                "small");
        VBox words = new VBox(2, sentence, time);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox line = Ui.styled(
                new HBox(14, sign, words), "event", "finding-" + (severity.equals("info") ? "hint" : severity));
        line.setAccessibleRole(AccessibleRole.TEXT);
        line.setAccessibleText(sentence.getText() + " " + time.getText());
        return line;
    }

    private static Ikon glyph(EngineEvent.Severity severity) {
        return switch (severity) {
            case INFO -> MaterialDesignI.INFORMATION_OUTLINE;
            case WARNING -> MaterialDesignA.ALERT_OUTLINE;
            case PROBLEM -> MaterialDesignA.ALERT_OCTAGON_OUTLINE;
        };
    }
}
