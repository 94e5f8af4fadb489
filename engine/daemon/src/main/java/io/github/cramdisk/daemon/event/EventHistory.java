// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.event;

import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.EngineEvent;
import io.github.cramdisk.api.EngineEvent.Severity;
import io.github.cramdisk.api.EventKind;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The last events of this engine, for front ends that ask; each goes to the log too. Thread-safe.
 *
 * <p>Numbers begin at the time of the start in milliseconds, so that they grow over a restart: an engine would have to
 * tell of more than a thousand events a second to break that.
 */
public final class EventHistory implements EventSink {
    private static final System.Logger LOG = System.getLogger(EventHistory.class.getName());

    private final LongSupplier clockMillis;
    private final Deque<EngineEvent> events = new ArrayDeque<>();
    private long lastId;

    public EventHistory() {
        this(System::currentTimeMillis);
    }

    EventHistory(LongSupplier clockMillis) {
        this.clockMillis = clockMillis;
        this.lastId = clockMillis.getAsLong();
    }

    @Override
    public synchronized void happened(
            EventKind kind, Severity severity, @Nullable String subject, Object... arguments) {
        EngineEvent event = EngineEvent.of(++lastId, clockMillis.getAsLong(), kind, severity, subject, arguments);
        if (events.size() == Engine.KEPT_EVENTS) {
            events.removeFirst();
        }
        events.addLast(event);
        LOG.log(severity == Severity.INFO ? Level.INFO : Level.WARNING, event.sentence());
    }

    /** Events with a higher id, oldest first. */
    public synchronized List<EngineEvent> after(long id) {
        List<EngineEvent> later = new ArrayList<>();
        for (EngineEvent event : events) {
            if (event.id() > id) {
                later.add(event);
            }
        }
        return later;
    }

    /** Id of the newest event, 0 for none. */
    public synchronized long lastId() {
        return events.isEmpty() ? 0 : lastId;
    }
}
