// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon;

import io.github.cramdisk.daemon.helper.HelperVerbs;
import io.github.cramdisk.host.verb.Caller;
import io.github.cramdisk.host.verb.Guard;
import io.github.cramdisk.host.verb.LocalVerbs;
import io.github.cramdisk.host.verb.Verbs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How this engine does what needs root: in process where it is root, else by the helper. Made at the first use, because
 * loading what makes system calls takes as long as the rest of the start.
 */
final class VerbsOfThisProcess implements Supplier<Verbs> {
    private static final String HOME_PROPERTY = "cramdisk.home";
    /** From the built distribution in a checkout ({@code target/builds/NAME}) to the script. */
    private static final String SCRIPT_IN_CHECKOUT = "../../../installer/install-helper";

    private final Caller caller;
    private @Nullable Verbs verbs;

    VerbsOfThisProcess() throws IOException {
        Path self = Path.of("/proc/self");
        this.caller = new Caller(id(self, "unix:uid"), id(self, "unix:gid"));
    }

    private static long id(Path file, String attribute) throws IOException {
        return Integer.toUnsignedLong((Integer) Files.getAttribute(file, attribute));
    }

    Caller caller() {
        return caller;
    }

    @Override
    public synchronized Verbs get() {
        if (verbs == null) {
            verbs = caller.isRoot() ? new LocalVerbs(Guard.NONE) : new HelperVerbs(installCommand());
        }
        return verbs;
    }

    private static String installCommand() {
        String home = System.getProperty(HOME_PROPERTY);
        if (home != null) {
            Path script = Path.of(home).resolve(SCRIPT_IN_CHECKOUT).normalize();
            if (Files.isExecutable(script)) {
                // It asks for sudo itself, after it has built as this user.
                return script.toString();
            }
        }
        return "install the package cramdisk of your system";
    }
}
