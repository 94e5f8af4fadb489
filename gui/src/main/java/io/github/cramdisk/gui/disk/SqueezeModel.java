// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.api.job.JobInfo;
import io.github.cramdisk.api.job.JobKind;
import io.github.cramdisk.api.job.JobState;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.engine.EngineLink;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/** View model of the button that squeezes a disk: begins the job, tells how far it is, and stops it. */
final class SqueezeModel {
    private final String name;
    private final EngineLink link;
    private final Consumer<String> say;
    private final ReadOnlyStringWrapper words = new ReadOnlyStringWrapper(this, "words", Texts.of("disk.squeeze"));
    private @Nullable JobInfo job;
    private boolean asked;

    /** @param say tells what came of it */
    SqueezeModel(String name, EngineLink link, Consumer<String> say) {
        this.name = name;
        this.link = link;
        this.say = say;
    }

    /** The words on the button. */
    ReadOnlyStringProperty wordsProperty() {
        return words.getReadOnlyProperty();
    }

    void show(Snapshot snapshot) {
        job = snapshot.jobs().stream()
                .filter(each -> each.kind() == JobKind.SQUEEZE
                        && each.subject().equals(name)
                        && each.state() == JobState.RUNNING)
                .findFirst()
                .orElse(null);
        JobInfo running = job;
        if (running == null) {
            words.set(Texts.of(asked ? "disk.squeezing" : "disk.squeeze"));
        } else {
            Double progress = running.progress();
            words.set(
                    progress == null
                            ? Texts.of("disk.squeeze.stop")
                            : Texts.of("disk.squeeze.stop-at", DiskModel.percent(progress)));
        }
    }

    /** Begins to squeeze, or stops what is under way. */
    void press() {
        JobInfo running = job;
        if (running != null) {
            link.call(engine -> {
                        engine.cancelJob(running.id());
                        return running.id();
                    })
                    .onFailure(error -> say.accept(Texts.sentence(error)));
        } else if (!asked) {
            asked = true;
            words.set(Texts.of("disk.squeezing"));
            link.call(engine -> engine.squeezeDisk(name))
                    .onSuccess(released -> done(
                            released.bytes() == 0
                                    ? Texts.of("disk.squeeze.nothing")
                                    : Texts.of("disk.trim.done", Sizes.format(released.bytes()))))
                    .onFailure(this::failed);
        }
    }

    private void failed(CramdiskException error) {
        done(error.kind() == ErrorKind.CANCELLED ? Texts.of("disk.squeeze.stopped") : Texts.sentence(error));
    }

    private void done(String outcome) {
        asked = false;
        words.set(Texts.of("disk.squeeze"));
        say.accept(outcome);
    }
}
