// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How long a process has lived, from the moment the kernel started it; what the program itself can measure begins when
 * its runtime is up already. Steps of 10 ms.
 */
public final class ProcessClock {
    /** Field 22, {@code starttime}, of proc_pid_stat(5), counted from the state (field 3) that follows the name. */
    private static final int START_TIME_AFTER_NAME = 22 - 3;
    /** USER_HZ, the unit of that field: 100 on every architecture of Linux that runs Java. */
    private static final int TICKS_PER_SECOND = 100;

    private ProcessClock() {}

    /**
     * @param procRoot {@code /proc}, or a recorded tree
     * @throws IOException when it cannot be read
     */
    public static Duration ageOfThisProcess(Path procRoot) throws IOException {
        String stat = Files.readString(procRoot.resolve("self/stat"));
        // The name is in parentheses and may hold blanks and parentheses itself.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        String[] uptime = Files.readString(procRoot.resolve("uptime")).split(" ", -1);
        try {
            long startMillis = Long.parseLong(fields[START_TIME_AFTER_NAME]) * (1000 / TICKS_PER_SECOND);
            long nowMillis = (long) (Double.parseDouble(uptime[0]) * 1000);
            return Duration.ofMillis(Math.max(0, nowMillis - startMillis));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IOException("the start time of this process cannot be read from " + procRoot, e);
        }
    }
}
