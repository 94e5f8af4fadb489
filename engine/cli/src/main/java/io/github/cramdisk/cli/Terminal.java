// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.rpc.Json;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Standard input, output and error. Text is UTF-8 whatever the locale says: its values are written for other programs
 * too, and a terminal of today shows it.
 */
final class Terminal {
    private final Reader in;
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean asks;
    private final boolean redraws;

    /**
     * @param asks whether a person can be asked
     * @param redraws whether what was printed can be drawn over
     */
    Terminal(Reader in, PrintWriter out, PrintWriter err, boolean asks, boolean redraws) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.asks = asks;
        this.redraws = redraws;
    }

    static Terminal ofThisProcess() {
        boolean inIsTerminal = isTerminal(0);
        boolean errIsTerminal = isTerminal(2);
        return new Terminal(
                new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8),
                writer(FileDescriptor.out),
                writer(FileDescriptor.err),
                inIsTerminal && errIsTerminal,
                isTerminal(1));
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(
                new BufferedOutputStream(new FileOutputStream(descriptor)), false, StandardCharsets.UTF_8);
    }

    /** By the device behind it: {@code System.console()} wants all three, and from Java 22 on is there without any. */
    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    PrintWriter out() {
        return out;
    }

    PrintWriter err() {
        return err;
    }

    boolean asks() {
        return asks;
    }

    boolean redraws() {
        return redraws;
    }

    void print(String line) {
        out.println(line);
    }

    /** One JSON value on one line. */
    void printJson(Object value) {
        out.println(Json.line(value));
    }

    /** Asks a question on standard error; only {@code y} or {@code yes} is a yes. */
    boolean confirms(String question) throws IOException {
        out.flush();
        err.print(question + " [y/N] ");
        err.flush();
        String answer = new BufferedReader(in).readLine();
        return answer != null
                && (answer.strip().equalsIgnoreCase("y") || answer.strip().equalsIgnoreCase("yes"));
    }

    /** @return whether somebody still takes the output */
    boolean flush() {
        err.flush();
        return !out.checkError();
    }
}
