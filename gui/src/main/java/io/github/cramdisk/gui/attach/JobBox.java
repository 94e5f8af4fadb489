// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.attach;

import io.github.cramdisk.api.job.JobInfo;
import io.github.cramdisk.api.job.JobState;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The step of {@link JobWatch}, how far it is, and a button that stops it. Takes no room while nothing is under way. */
public final class JobBox extends HBox {
    private final Label step = Ui.paragraph("", "small");
    private final ProgressBar bar = new ProgressBar();
    private final Button stop = new Button(Texts.of("attach.stop"));

    /** @param where distinguishes the ids of its nodes */
    public JobBox(JobWatch watch, String where) {
        getStyleClass().addAll("notice", "notice-plain", "job-box");
        setId(where + "job");
        setAlignment(Pos.CENTER_LEFT);
        step.setId(where + "step");
        bar.setMaxWidth(Double.MAX_VALUE);
        VBox words = new VBox(6, step, bar);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        stop.setId(where + "stop");
        stop.setMnemonicParsing(true);
        stop.setMinWidth(USE_PREF_SIZE);
        stop.setOnAction(event -> watch.cancel());
        getChildren().addAll(words, stop);
        watch.jobProperty().addListener((property, before, now) -> show(now));
        show(watch.jobProperty().get());
    }

    private void show(@Nullable JobInfo job) {
        Ui.setShown(this, job != null);
        if (job != null) {
            boolean stopping = job.state() == JobState.CANCELLING;
            Double progress = job.progress();
            step.setText(stopping ? Texts.of("attach.stopping") : job.stepIn(Texts.language()));
            bar.setAccessibleText(step.getText());
            bar.setProgress(progress == null ? ProgressBar.INDETERMINATE_PROGRESS : progress);
            stop.setDisable(stopping);
            Ui.setShown(stop, job.cancellable());
        }
    }
}
