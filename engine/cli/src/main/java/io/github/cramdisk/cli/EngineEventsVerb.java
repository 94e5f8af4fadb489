// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.EngineEvent;
import io.github.cramdisk.api.ExitCode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "events",
        description = {
            "Tell what happened by itself and matters: disks that come near their limit, writes that wait, damage.",
            "The engine keeps the last " + Engine.KEPT_EVENTS + " events since it started."
        })
final class EngineEventsVerb extends Verb {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    @Option(names = "--after", paramLabel = "ID", description = "Only events with a higher id, as --json tells them.")
    private long afterId;

    EngineEventsVerb(Cli cli) {
        super(cli);
    }

    @Override
    public Integer call() {
        List<EngineEvent> events;
        try (Engine engine = door().open()) {
            events = engine.events(afterId);
        }
        if (json()) {
            terminal().printJson(events);
        } else if (events.isEmpty()) {
            terminal().print("Nothing has happened that you should know of.");
        } else {
            for (EngineEvent event : events) {
                terminal()
                        .print(TIME.format(Instant.ofEpochMilli(event.timeMillis())) + "  "
                                + event.severity().name().toLowerCase(Locale.ROOT) + "  " + event.sentence());
            }
        }
        return ExitCode.DONE;
    }
}
