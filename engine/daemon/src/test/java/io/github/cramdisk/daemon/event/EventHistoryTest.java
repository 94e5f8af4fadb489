// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.EngineEvent;
import io.github.cramdisk.api.EngineEvent.Severity;
import io.github.cramdisk.api.EventKind;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EventHistoryTest {
    private final AtomicLong now = new AtomicLong(1_000_000);
    private final EventHistory history = new EventHistory(now::get);

    @Test
    void tellsLaterEventsInTheirOrder() {
        assertThat(history.lastId()).isZero();
        history.happened(EventKind.WRITES_RELEASED, Severity.INFO, "a", "a");
        long first = history.lastId();
        history.happened(EventKind.DISK_GROWN, Severity.INFO, "b", "b", "1G", "2G");

        assertThat(history.after(0)).extracting(EngineEvent::subject).containsExactly("a", "b");
        assertThat(history.after(first)).extracting(EngineEvent::subject).containsExactly("b");
        assertThat(history.after(history.lastId())).isEmpty();
    }

    @Test
    void keepsTheLastOnesOnly() {
        for (int i = 0; i <= Engine.KEPT_EVENTS; i++) {
            history.happened(EventKind.WRITES_RELEASED, Severity.INFO, "disk" + i, "disk" + i);
        }
        assertThat(history.after(0)).hasSize(Engine.KEPT_EVENTS);
        assertThat(history.after(0).get(0).subject()).isEqualTo("disk1");
    }

    @Test
    void numbersGrowOverARestart() {
        history.happened(EventKind.WRITES_RELEASED, Severity.INFO, "a", "a");
        now.addAndGet(1000);
        EventHistory next = new EventHistory(now::get);
        next.happened(EventKind.WRITES_RELEASED, Severity.INFO, "a", "a");

        assertThat(next.lastId()).isGreaterThan(history.lastId());
    }
}
