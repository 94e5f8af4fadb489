// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.kernel;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cramdisk.api.rpc.Json;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The unprivileged user of the machine. Has one engine, which the first command starts and which then serves all tests:
 * a start takes long on an emulated processor. For the same reason commands run in one warm JVM, a
 * {@link io.github.cramdisk.cli.WarmCommandLine}; {@link #launcher} is the way through the real script.
 */
final class User {
    static final String HOME = "/home/cdtest";
    static final String RUNTIME_DIRECTORY = "/run/user/4711";
    static final String NBD_SOCKET = RUNTIME_DIRECTORY + "/cramdisk/nbd.sock";
    private static final String DIST = System.getProperty("cramdisk.dist", "target/dist");
    private static final String JAVA = System.getProperty("cramdisk.java", "java");
    private static final String ENGINE_CLASS = "io.github.cramdisk.daemon.Main";
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private static @Nullable Process commandLine;

    private User() {}

    /** The command of the user for a command, such as a {@link ProcessBuilder} takes it. */
    static List<String> command(String... command) {
        List<String> whole = new ArrayList<>(List.of(
                "setpriv", "--reuid=cdtest", "--regid=cdtest", "--init-groups", "--inh-caps=-all", "env", "-i"));
        whole.addAll(List.of(
                "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
                "LANG=C.UTF-8",
                "HOME=" + HOME,
                "USER=cdtest",
                "XDG_RUNTIME_DIR=" + RUNTIME_DIRECTORY));
        whole.addAll(List.of(command));
        return whole;
    }

    static Shell.Result run(String... command) {
        return Shell.run(command(command));
    }

    /** The standard output of a line for the shell, which must succeed. */
    static String shell(String line) {
        return run("bash", "-c", line).succeeded().out().strip();
    }

    /** {@code cramdisk ARGUMENTS} through the launcher, as from a terminal. */
    static Shell.Result launcher(String... arguments) {
        return run(Stream.concat(Stream.of(DIST + "/bin/cramdisk"), Stream.of(arguments))
                .toArray(String[]::new));
    }

    /** The same beside the test. */
    static Background launch(String... arguments) {
        return Background.ofUser(Stream.concat(Stream.of(DIST + "/bin/cramdisk"), Stream.of(arguments))
                .toArray(String[]::new));
    }

    /** {@code cramdisk ARGUMENTS}, whatever its outcome. The engine runs, or is started. */
    static synchronized Shell.Result cramdisk(String... arguments) {
        startEngine();
        return warm(arguments);
    }

    /** {@code cramdisk ARGUMENTS --json}, which must succeed. */
    static JsonNode json(String... arguments) {
        Shell.Result result = cramdisk(
                        Stream.concat(Stream.of(arguments), Stream.of("--json")).toArray(String[]::new))
                .succeeded();
        try {
            return Json.mapper().readTree(result.out());
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + result, e);
        }
    }

    /** Starts the engine, if none is there. On a busy host it may take longer than the minute that the command waits. */
    static synchronized void startEngine() {
        await().atMost(START_LIMIT).until(() -> warm("engine", "start").exitCode() == 0);
    }

    /** The process of the engine. */
    static ProcessHandle engine() {
        return await().atMost(START_LIMIT)
                .until(() -> Machine.process(ENGINE_CLASS), Optional::isPresent)
                .orElseThrow();
    }

    /** {@code kill -9}; returns when the process is gone. Its launcher starts the next one. */
    static void killEngine() {
        ProcessHandle engine = engine();
        engine.destroyForcibly();
        await().atMost(START_LIMIT).until(() -> !engine.isAlive());
    }

    /** Waits until an engine answers, without starting one. */
    static synchronized void awaitEngine() {
        await().atMost(START_LIMIT)
                .until(() -> warm("engine", "status", "--json").exitCode() == 0);
    }

    private static Shell.Result warm(String... arguments) {
        try {
            Process process = commandLine;
            if (process == null || !process.isAlive()) {
                List<String> whole = new ArrayList<>(List.of("choom", "--adjust", "0", "--"));
                whole.addAll(command(
                        JAVA,
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dcramdisk.home=" + DIST,
                        "-cp",
                        DIST + "/lib/*:" + testClasses(),
                        "io.github.cramdisk.cli.WarmCommandLine"));
                // The agent is never killed for memory; what the user starts is to be like any other program.
                process = new ProcessBuilder(whole)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                commandLine = process;
            }
            DataOutputStream out = new DataOutputStream(process.getOutputStream());
            out.writeInt(arguments.length);
            for (String argument : arguments) {
                out.writeUTF(argument);
            }
            out.flush();
            DataInputStream in = new DataInputStream(process.getInputStream());
            int exitCode = in.readInt();
            List<String> command =
                    Stream.concat(Stream.of("cramdisk"), Stream.of(arguments)).toList();
            return new Shell.Result(command, exitCode, text(in), text(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    /** A file that lies beside the tests. */
    static String resource(String name) {
        return testClasses().resolve("io/github/cramdisk/kernel").resolve(name).toString();
    }

    private static Path testClasses() {
        try {
            return Path.of(User.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
