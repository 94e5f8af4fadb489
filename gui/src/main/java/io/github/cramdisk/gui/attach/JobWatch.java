// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.attach;

import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.api.job.JobInfo;
import io.github.cramdisk.api.job.JobKind;
import io.github.cramdisk.api.job.JobState;
import io.github.cramdisk.gui.engine.EngineLink;
import java.util.Set;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** View model of long work on one subject: the step that is under way, and its end before it is done. */
public final class JobWatch {
    private final EngineLink link;
    private final Set<JobKind> kinds;
    private final ReadOnlyObjectWrapper<@Nullable JobInfo> job = new ReadOnlyObjectWrapper<>(this, "job");

    /** @param kinds the work it looks for */
    public JobWatch(EngineLink link, JobKind... kinds) {
        this.link = link;
        this.kinds = Set.of(kinds);
    }

    /** What is under way; null while nothing is. */
    public ReadOnlyObjectProperty<@Nullable JobInfo> jobProperty() {
        return job.getReadOnlyProperty();
    }

    /** Looks for the job on a subject, such as a disk. */
    public void show(Snapshot snapshot, String subject) {
        job.set(snapshot.jobs().stream()
                .filter(each -> kinds.contains(each.kind()))
                .filter(each -> each.subject().equals(subject) && each.state().isActive())
                .findFirst()
                .orElse(null));
    }

    /** The call that began it has ended. */
    public void clear() {
        job.set(null);
    }

    /** Asks it to end. What came of it is told by the call that began it. */
    public void cancel() {
        JobInfo running = job.get();
        if (running != null && running.state() == JobState.RUNNING) {
            link.call(engine -> {
                engine.cancelJob(running.id());
                return running.id();
            });
        }
    }
}
