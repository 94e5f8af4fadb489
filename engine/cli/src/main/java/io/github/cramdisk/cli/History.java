// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.insight.Series;
import io.github.cramdisk.api.insight.VolumeHistory;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "history",
        description = {
            "Show the past of a volume: what it held, what it cost, what was read and written.",
            "The engine keeps one day, in steps of a second to five minutes."
        })
final class History extends Verb {
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,5})([mhd])");
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    /** Lines of the text; JSON has every step. */
    private static final int LINES = 24;

    private static final double NANOS_PER_MICRO = 1000;

    @Parameters(paramLabel = "VOLUME", description = "Name of a disk, mount point or device.")
    private String volume = "";

    @Option(
            names = "--span",
            paramLabel = "TIME",
            description = "How far back: 1m to 1d, such as 15m or 2h. Default: 1h.")
    private String span = "1h";

    History(Cli cli) {
        super(cli);
    }

    @Override
    public Integer call() throws java.io.IOException {
        Duration wanted = parse(span);
        try (Engine engine = door().open()) {
            VolumeHistory history = engine.insight().history(volume, wanted);
            if (json()) {
                terminal().printJson(history);
            } else {
                table(history).lines().forEach(terminal()::print);
            }
            return ExitCode.DONE;
        }
    }

    /** @throws CramdiskException {@link ErrorKind#INVALID_ARGUMENT} */
    static Duration parse(String text) {
        Matcher matcher = SPAN.matcher(text);
        if (!matcher.matches()) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ARGUMENT,
                    "\"" + text + "\" is not a time. Write a number and m, h or d, such as 15m, 2h or 1d.");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private static Table table(VolumeHistory history) {
        boolean traffic = history.read().bytes().size() > 0;
        Table table = traffic ? new Table("lrrrrrrr") : new Table("lrr");
        if (traffic) {
            table.row("TIME", "LOGICAL", "STORED", "RESIDENT", "READ/s", "WRITTEN/s", "READ p99", "WRITE p99");
        } else {
            table.row("TIME", "USED", "RESIDENT");
        }
        int each = Math.max(1, (history.size() + LINES - 1) / LINES);
        for (int step = (history.size() - 1) % each; step < history.size(); step += each) {
            String time = Instant.ofEpochMilli(history.timeMillis(step))
                    .atZone(ZoneId.systemDefault())
                    .format(CLOCK);
            if (!history.isKnown(step)) {
                continue;
            }
            String logical = DiskText.bytes(history.logicalBytes().get(step));
            String resident = DiskText.bytes(history.residentBytes().get(step));
            if (traffic) {
                table.row(
                        time,
                        logical,
                        DiskText.bytes(history.storedBytes().get(step)),
                        resident,
                        rate(history, history.read().bytes(), step),
                        rate(history, history.write().bytes(), step),
                        micros(history.read().p99Nanos().get(step)),
                        micros(history.write().p99Nanos().get(step)));
            } else {
                table.row(time, logical, resident);
            }
        }
        return table;
    }

    private static String rate(VolumeHistory history, Series row, int step) {
        return DiskText.bytes(Math.round(history.perSecond(row, step)));
    }

    private static String micros(long nanos) {
        return nanos == 0 ? "-" : String.format(Locale.ROOT, "%.0f µs", nanos / NANOS_PER_MICRO);
    }
}
