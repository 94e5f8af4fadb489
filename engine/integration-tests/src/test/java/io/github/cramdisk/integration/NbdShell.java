// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.integration;

import io.github.cramdisk.testmachine.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs lines of Python with libnbd's {@code h} connected (or ready to connect), as {@code nbdsh(1)} does. */
final class NbdShell {
    // The module belongs to the distribution's Python, which need not be the first in the PATH.
    private static final List<String> NBDSH = List.of("/usr/bin/python3", "-mnbd");

    private NbdShell() {}

    /** With block status negotiated, connected to the URI. */
    static Command.Result run(String uri, String script) {
        List<String> command = new ArrayList<>(NBDSH);
        command.addAll(List.of("--base-allocation", "--uri", uri, "-c", script));
        return Command.run(Map.of(), command);
    }

    /** The command line of a session that is not connected. */
    static List<String> unconnected(String script) {
        List<String> command = new ArrayList<>(NBDSH);
        command.addAll(List.of("-c", script));
        return command;
    }

    /** The command line of a session that is connected to the URI. */
    static List<String> connected(String uri, String script) {
        List<String> command = new ArrayList<>(NBDSH);
        command.addAll(List.of("--base-allocation", "--uri", uri, "-c", script));
        return command;
    }
}
