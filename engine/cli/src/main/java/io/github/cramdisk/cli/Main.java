// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.EngineLauncher;

/** The {@code cramdisk} command as a process. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Terminal terminal = Terminal.ofThisProcess();
        EngineDoor door = new LocalEngineDoor(EngineLauncher::ofThisProcess);
        int exitCode = CommandTree.execute(new Cli(door, terminal), arguments);
        terminal.flush();
        System.exit(exitCode);
    }
}
