// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.power;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What all processors together have done since the machine started ({@code /proc/stat}, proc(5)).
 *
 * @param idleTicks spent idle or waiting for devices
 * @param allTicks spent at all; guest time is in user time and not counted twice
 * @param processors how many there are
 */
public record ProcessorTime(long idleTicks, long allTicks, int processors) {
    private static final Pattern SPACES = Pattern.compile(" +");
    private static final int IDLE = 4;
    private static final int IOWAIT = 5;
    /** user, nice, system, idle, iowait, irq, softirq, steal; what follows is part of these. */
    private static final int FIELDS = 8;

    /**
     * @param procRoot {@code /proc}, or a recorded tree
     */
    public static ProcessorTime read(Path procRoot) throws IOException {
        Path file = procRoot.resolve("stat");
        long idle = 0;
        long all = 0;
        int processors = 0;
        for (String line : Files.readAllLines(file)) {
            String[] words = SPACES.split(line, -1);
            if (words[0].equals("cpu") && words.length > FIELDS) {
                for (int i = 1; i <= FIELDS; i++) {
                    all += parse(file, words[i]);
                }
                idle = parse(file, words[IDLE]) + parse(file, words[IOWAIT]);
            } else if (words[0].startsWith("cpu")) {
                processors++;
            }
        }
        if (all == 0 || processors == 0) {
            throw new IOException(file + " tells nothing about processors");
        }
        return new ProcessorTime(idle, all, processors);
    }

    /** Processors that were idle on average between an earlier reading and this one, 0 to {@link #processors}. */
    public double idleProcessorsSince(ProcessorTime earlier) {
        long passed = allTicks - earlier.allTicks;
        // Idle ticks of a processor may run backwards by one (proc(5)).
        long idle = Math.max(0, idleTicks - earlier.idleTicks);
        return passed <= 0 ? 0 : Math.min(processors, (double) idle / passed * processors);
    }

    private static long parse(Path file, String word) throws IOException {
        try {
            return Long.parseLong(word);
        } catch (NumberFormatException e) {
            throw new IOException(file + " holds no number: " + word, e);
        }
    }
}
