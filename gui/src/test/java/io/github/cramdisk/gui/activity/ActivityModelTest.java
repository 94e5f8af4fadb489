// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.EngineEvent;
import io.github.cramdisk.api.EngineEvent.Severity;
import io.github.cramdisk.api.EventKind;
import io.github.cramdisk.api.job.JobInfo;
import io.github.cramdisk.api.job.JobKind;
import io.github.cramdisk.api.job.JobState;
import io.github.cramdisk.gui.FakeEngine;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.engine.EngineLink;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class ActivityModelTest {
    private final FakeEngine engine = FakeEngine.withThreeDisks();
    private final EngineLink link = new EngineLink(() -> engine, Tasks.direct());
    private final List<String> desktop = new ArrayList<>();
    private final AtomicBoolean mayNotify = new AtomicBoolean(true);
    private final ActivityModel model = new ActivityModel(
            link, Tasks.direct(), (title, body, urgent) -> desktop.add(title + " " + body), mayNotify::get);

    private void happens(Severity severity) {
        engine.happened(EventKind.DISK_WATERMARK, severity, "builds", "builds", 90, "1.8G", "2G");
        engine.tick();
    }

    @Test
    void whatHappenedBeforeTheWindowIsHistoryAndNoNews() {
        engine.happened(EventKind.WRITES_RELEASED, Severity.WARNING, "builds", "builds");
        link.connect();
        assertThat(model.events()).hasSize(1);
        assertThat(model.unreadProperty().get()).isZero();
        assertThat(desktop).isEmpty();
    }

    @Test
    void newsAreCountedUntilTheyAreSeenAndShownByTheDesktop() {
        link.connect();
        engine.tick();
        happens(Severity.WARNING);
        happens(Severity.PROBLEM);
        assertThat(model.unreadProperty().get()).isEqualTo(2);
        assertThat(model.events()).extracting(EngineEvent::id).containsExactly(2L, 1L);
        assertThat(desktop).hasSize(2).allMatch(text -> text.startsWith("Cramdisk: builds "));
        model.setShown(true);
        assertThat(model.unreadProperty().get()).isZero();
        happens(Severity.WARNING);
        assertThat(model.unreadProperty().get()).isZero();
    }

    @Test
    void theDesktopIsSparedWhatIsOnlyWorthKnowingAndAllOfItWhereTheUserSaysSo() {
        link.connect();
        engine.tick();
        happens(Severity.INFO);
        assertThat(desktop).isEmpty();
        mayNotify.set(false);
        happens(Severity.PROBLEM);
        assertThat(desktop).isEmpty();
        assertThat(model.events()).hasSize(2);
    }

    @Test
    void forgetsTheOldestEvents() {
        link.connect();
        engine.tick();
        for (int i = 0; i < ActivityModel.MOST_EVENTS + 5; i++) {
            happens(Severity.INFO);
        }
        assertThat(model.events()).hasSize(ActivityModel.MOST_EVENTS);
        assertThat(model.events().get(0).id()).isEqualTo(ActivityModel.MOST_EVENTS + 5L);
    }

    @Test
    void tellsAnEventInTheLanguageOfTheWindow() {
        EngineEvent event =
                EngineEvent.of(1, 0, EventKind.DISK_WATERMARK, Severity.WARNING, "x", "x", 90, "1.8G", "2G");
        String english = ActivityModel.sentence(event);
        assertThat(english).isEqualTo(event.sentence());
        Texts.use(Locale.GERMAN);
        try {
            assertThat(ActivityModel.sentence(event)).isNotEqualTo(english).contains("1.8G");
        } finally {
            Texts.use(Locale.ENGLISH);
        }
    }

    @Test
    void cancelsAJobAndSaysWhyItCannot() {
        JobInfo job = new JobInfo(7, JobKind.ATTACH, "builds", JobState.RUNNING, "making ext4", 0.4, null, 0, true);
        engine.jobs.add(job);
        link.connect();
        engine.tick();
        assertThat(model.jobs()).containsExactly(job);
        model.cancel(job);
        assertThat(model.refusalProperty().get()).isNull();
        engine.jobs.clear();
        model.cancel(job);
        assertThat(Objects.requireNonNull(model.refusalProperty().get()).sentence())
                .contains("7");
    }
}
