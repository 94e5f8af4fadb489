// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ExitCode;
import java.io.IOException;
import picocli.CommandLine.Parameters;

/** A verb for one disk. */
abstract class DiskVerb extends Verb {
    @Parameters(paramLabel = "NAME", description = "Name of the disk.")
    private String name = "";

    DiskVerb(Cli cli) {
        super(cli);
    }

    /** Checked: it can be the name of a disk. */
    String name() {
        return name;
    }

    @Override
    public Integer call() throws IOException {
        // Before the engine is asked, and perhaps started.
        DiskSpec.checkName(name);
        return run();
    }

    int run() throws IOException {
        try (Engine engine = door().open()) {
            return run(engine);
        }
    }

    /** @return the exit code, mostly {@link ExitCode#DONE} */
    abstract int run(Engine engine) throws IOException;
}
