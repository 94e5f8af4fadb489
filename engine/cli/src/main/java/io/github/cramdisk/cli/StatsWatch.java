// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskStats;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.api.Subscription;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Prints the statistics of a disk as they come, until Ctrl-C, until nobody reads them any more, or until the disk or the
 * engine is gone.
 */
final class StatsWatch {
    /** What {@code --json} prints, a line each. */
    record Line(long timeMillis, @JsonUnwrapped DiskStats stats, Throughput throughput) {}

    private static final int HERTZ = 1;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    /** Cursor home, and clear to the end of the screen; see console_codes(4). */
    private static final String NEW_FRAME = "\033[H\033[J";

    private final Engine engine;
    private final String name;
    private final Terminal terminal;
    private final boolean json;
    private final Object frameLock = new Object();
    private @Nullable DiskStats previous;
    private long previousMillis;

    StatsWatch(Engine engine, String name, Terminal terminal, boolean json) {
        this.engine = engine;
        this.name = name;
        this.terminal = terminal;
        this.json = json;
    }

    /**
     * @return the exit code
     * @throws CramdiskException {@link ErrorKind#NO_SUCH_DISK} when the disk was removed,
     *     {@link ErrorKind#ENGINE_UNAVAILABLE} when the engine went away
     */
    int run() {
        BlockingQueue<Optional<Snapshot>> ticks = new LinkedBlockingQueue<>();
        Subscription subscription =
                engine.subscribe(HERTZ, tick -> ticks.add(Optional.of(tick)), () -> ticks.add(Optional.empty()));
        Thread onInterrupt = new Thread(this::leave, "cramdisk-leave");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        try {
            boolean read = true;
            while (read) {
                Snapshot snapshot = ticks.take()
                        .orElseThrow(() -> new CramdiskException(ErrorKind.ENGINE_UNAVAILABLE, "it has stopped"));
                DiskStats stats = snapshot.disks().stream()
                        .filter(disk -> disk.info().name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new CramdiskException(ErrorKind.NO_SUCH_DISK, name));
                synchronized (frameLock) {
                    print(stats, snapshot.timeMillis());
                    read = terminal.flush();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            subscription.close();
            stay(onInterrupt);
        }
        return ExitCode.DONE;
    }

    private void print(DiskStats stats, long timeMillis) {
        Throughput throughput =
                previous == null ? Throughput.NONE : Throughput.between(previous, previousMillis, stats, timeMillis);
        previous = stats;
        previousMillis = timeMillis;
        if (json) {
            terminal.printJson(new Line(timeMillis, stats, throughput));
        } else if (terminal.redraws()) {
            List<String> lines = StatsText.lines(stats, throughput);
            terminal.out().print(NEW_FRAME);
            lines.forEach(terminal::print);
        } else {
            terminal.print(lineOf(stats, timeMillis, throughput));
        }
    }

    private static String lineOf(DiskStats stats, long timeMillis, Throughput throughput) {
        String time = TIME.format(Instant.ofEpochMilli(timeMillis).atZone(ZoneId.systemDefault()));
        return time + "  logical " + DiskText.bytes(stats.info().logicalBytes()) + ", stored "
                + DiskText.bytes(stats.info().storedBytes()) + ", resident "
                + DiskText.bytes(stats.info().residentBytes()) + ", " + throughput.text();
    }

    /** Ctrl-C is how a watch ends, so it is no failure: between two frames, and with exit code 0. */
    private void leave() {
        synchronized (frameLock) {
            Runtime.getRuntime().halt(ExitCode.DONE);
        }
    }

    private static void stay(Thread onInterrupt) {
        try {
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException e) {
            // The process is ending already, by Ctrl-C.
        }
    }
}
