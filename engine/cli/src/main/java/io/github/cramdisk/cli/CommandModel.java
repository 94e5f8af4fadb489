// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.EngineLauncher;
import picocli.CommandLine;

/** All commands as data, for what is made from them: manual pages and completions. Looks for no engine. */
public final class CommandModel {
    private CommandModel() {}

    /** The command {@code cramdisk} with everything below it. */
    public static CommandLine whole() {
        return CommandTree.whole(new Cli(new LocalEngineDoor(EngineLauncher::ofThisProcess), Terminal.ofThisProcess()));
    }
}
