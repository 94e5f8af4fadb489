// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.cramdisk.api.EngineStatus;
import java.time.Duration;

/** How the state of the engine is printed. */
final class EngineReport {
    /** The JSON of a running engine: its status and {@code running}. */
    record Running(boolean running, @JsonUnwrapped EngineStatus status) {}

    /** The JSON of an engine that does not run. */
    record NotRunning(boolean running) {}

    private EngineReport() {}

    static void print(Terminal terminal, EngineStatus status, boolean json) {
        if (json) {
            terminal.printJson(new Running(true, status));
            return;
        }
        new Table("ll")
                .row("Engine", "running")
                .row("Process", Long.toString(status.pid()))
                .row("Version", status.version())
                .row("Up", uptime(status.uptimeSeconds()))
                .row("Disks", Integer.toString(status.disks()))
                .row("Memory", DiskText.bytes(status.privateBytes()) + ", disks apart")
                .row("NBD socket", status.socket())
                .row("Arenas", status.arenaDirectory())
                .row("Settings", status.configDirectory())
                .row("Log", status.logFile())
                .lines()
                .forEach(terminal::print);
    }

    static void printNotRunning(Terminal terminal, boolean json) {
        if (json) {
            terminal.printJson(new NotRunning(false));
        } else {
            terminal.print("The engine is not running. It starts when it is needed, or with:  cramdisk engine start");
        }
    }

    /** {@code 12 s}, {@code 3 min 4 s}, {@code 5 h 6 min}, {@code 7 d 8 h}. */
    static String uptime(double seconds) {
        Duration up = Duration.ofSeconds((long) seconds);
        if (up.toDays() > 0) {
            return up.toDays() + " d " + up.toHoursPart() + " h";
        }
        if (up.toHours() > 0) {
            return up.toHours() + " h " + up.toMinutesPart() + " min";
        }
        return up.toMinutes() > 0 ? up.toMinutes() + " min " + up.toSecondsPart() + " s" : up.toSeconds() + " s";
    }
}
