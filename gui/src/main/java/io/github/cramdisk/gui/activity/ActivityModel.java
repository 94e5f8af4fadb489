// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.activity;

import io.github.cramdisk.api.EngineEvent;
import io.github.cramdisk.api.EngineEvent.Severity;
import io.github.cramdisk.api.EventKind;
import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.api.job.JobInfo;
import io.github.cramdisk.gui.common.Refusal;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.engine.EngineLink;
import java.util.List;
import java.util.function.BooleanSupplier;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** View model of what is going on: jobs under way, and the history of events, whose news the desktop shows too. */
public final class ActivityModel {
    /** Events that are kept; older ones are dropped. */
    static final int MOST_EVENTS = 200;

    private final EngineLink link;
    private final Tasks tasks;
    private final Desktop desktop;
    private final BooleanSupplier mayNotify;
    private final ObservableList<JobInfo> jobs = FXCollections.observableArrayList();
    private final ObservableList<EngineEvent> events = FXCollections.observableArrayList();
    private final ReadOnlyIntegerWrapper unread = new ReadOnlyIntegerWrapper(this, "unread");
    private final ReadOnlyObjectWrapper<@Nullable Refusal> refusal = new ReadOnlyObjectWrapper<>(this, "refusal");
    private long lastId;
    private boolean asking;
    private boolean caughtUp;
    private boolean shown;

    /** Takes a notification to the desktop; may take a moment. */
    @FunctionalInterface
    public interface Desktop {
        boolean show(String title, String body, boolean urgent);
    }

    /** @param mayNotify whether the user wants notifications of the desktop */
    public ActivityModel(EngineLink link, Tasks tasks, Desktop desktop, BooleanSupplier mayNotify) {
        this.link = link;
        this.tasks = tasks;
        this.desktop = desktop;
        this.mayNotify = mayNotify;
        link.snapshotProperty().addListener((property, before, now) -> look(now));
    }

    /** Long work under way or just ended, the oldest first. */
    ObservableList<JobInfo> jobs() {
        return jobs;
    }

    /** What happened, the newest first. */
    ObservableList<EngineEvent> events() {
        return events;
    }

    /** Events since the page was shown last. */
    public ReadOnlyIntegerProperty unreadProperty() {
        return unread.getReadOnlyProperty();
    }

    /** Why a job was not cancelled; null where nothing is wrong. */
    ReadOnlyObjectProperty<@Nullable Refusal> refusalProperty() {
        return refusal.getReadOnlyProperty();
    }

    void setShown(boolean nowShown) {
        shown = nowShown;
        unread.set(0);
    }

    void cancel(JobInfo job) {
        refusal.set(null);
        link.call(engine -> {
                    engine.cancelJob(job.id());
                    return job;
                })
                .onFailure(error -> refusal.set(Refusal.of(error, "cramdisk job cancel " + job.id())));
    }

    /** The sentence of an event in the language of the window. */
    static String sentence(EngineEvent event) {
        return event.kind() == EventKind.OTHER
                ? event.sentence()
                : event.kind().sentenceIn(Texts.language(), event.arguments().toArray());
    }

    private void look(@Nullable Snapshot snapshot) {
        if (snapshot == null) {
            return;
        }
        if (!snapshot.jobs().equals(jobs)) {
            jobs.setAll(snapshot.jobs());
        }
        if (snapshot.lastEventId() != lastId && !asking) {
            asking = true;
            long after = lastId;
            link.call(engine -> engine.events(after))
                    .onSuccess(news -> {
                        asking = false;
                        take(news);
                        // What the engine no longer keeps is not asked for again.
                        lastId = Math.max(lastId, snapshot.lastEventId());
                    })
                    .onFailure(error -> asking = false);
        } else if (snapshot.lastEventId() == lastId) {
            caughtUp = true;
        }
    }

    private void take(List<EngineEvent> news) {
        for (EngineEvent event : news) {
            lastId = Math.max(lastId, event.id());
            events.add(0, event);
            // What happened before the window was there is history, not news.
            if (caughtUp) {
                announce(event);
            }
        }
        if (events.size() > MOST_EVENTS) {
            events.remove(MOST_EVENTS, events.size());
        }
        caughtUp = true;
    }

    private void announce(EngineEvent event) {
        if (!shown) {
            unread.set(unread.get() + 1);
        }
        if (event.severity() == Severity.INFO || !mayNotify.getAsBoolean()) {
            return;
        }
        String subject = event.subject();
        String title = subject == null ? Texts.of("app.name") : Texts.of("activity.notification", subject);
        String body = sentence(event);
        tasks.run(() -> desktop.show(title, body, event.severity() == Severity.PROBLEM));
    }
}
