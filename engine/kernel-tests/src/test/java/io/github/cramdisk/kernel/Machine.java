// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The processes of the machine. */
final class Machine {
    private Machine() {}

    /** The process of a program of Java, by its main class. */
    static Optional<ProcessHandle> process(String mainClass) {
        return ProcessHandle.allProcesses()
                .filter(process -> runs(process, mainClass))
                .findFirst();
    }

    /** By the whole command line, of which {@link ProcessHandle#info} tells the first page only. */
    private static boolean runs(ProcessHandle process, String mainClass) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                    .contains(mainClass);
        } catch (IOException e) {
            return false;
        }
    }
}
