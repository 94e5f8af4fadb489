// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.kernel;

import java.util.List;

/** What only the machine's administrator may do or see. */
public final class Root {
    private Root() {}

    public static Shell.Result run(String... command) {
        return Shell.run(List.of(command));
    }

    /** The standard output of a line for the shell, which must succeed. */
    static String shell(String line) {
        return run("bash", "-c", line).succeeded().out().strip();
    }

    /** What the kernel said since the running test began. */
    static String kernelLog() {
        String log = run("dmesg").succeeded().out();
        return log.substring(Math.max(0, log.lastIndexOf("tests: ")));
    }
}
