// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.EngineLauncher;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/**
 * The {@code cramdisk} command in one JVM for many calls: does what {@link Main} does, but for the end of the process.
 * Takes on standard input the number of arguments and each as UTF, answers on standard output with the exit code, then
 * standard output and standard error, each with its length before it.
 */
public final class WarmCommandLine {
    private WarmCommandLine() {}

    public static void main(String[] none) throws IOException {
        DataInputStream in = new DataInputStream(System.in);
        DataOutputStream answers =
                new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
        while (true) {
            String[] arguments;
            try {
                arguments = new String[in.readInt()];
            } catch (EOFException e) {
                return;
            }
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = in.readUTF();
            }
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            Terminal terminal =
                    new Terminal(new StringReader(""), new PrintWriter(out), new PrintWriter(err), false, false);
            int exitCode = CommandTree.execute(
                    new Cli(new LocalEngineDoor(EngineLauncher::ofThisProcess), terminal), arguments);
            terminal.flush();
            answers.writeInt(exitCode);
            write(answers, out);
            write(answers, err);
            answers.flush();
        }
    }

    private static void write(DataOutputStream answers, StringWriter text) throws IOException {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        answers.writeInt(bytes.length);
        answers.write(bytes);
    }
}
