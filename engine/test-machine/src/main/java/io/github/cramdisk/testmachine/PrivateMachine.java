// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.testmachine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A machine within the machine, made by {@code private-machine.sh}: system bus, polkit, the installed helper, and the
 * unprivileged users {@link #USER} and {@link #OTHER}. Nothing of it is left when it is closed, nor when this process is
 * killed.
 */
public final class PrivateMachine implements AutoCloseable {
    public static final String USER = "cdtest";
    public static final String OTHER = "cdother";
    private static final String SCRIPT = "private-machine.sh";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final String init;
    private final Path directory;
    /** Empty until a class is to be run inside. */
    private String classPath = "";

    private PrivateMachine(Process process, String init, Path directory) {
        this.process = process;
        this.init = init;
        this.directory = directory;
    }

    public static PrivateMachine start() throws IOException {
        Path directory = Files.createTempDirectory("cdpm");
        Path script = directory.resolve(SCRIPT);
        try (InputStream text = PrivateMachine.class.getResourceAsStream(SCRIPT)) {
            assertThat(text).isNotNull();
            Files.copy(text, script);
        }
        Process process = new ProcessBuilder(
                        "unshare",
                        "--mount",
                        "--pid",
                        "--fork",
                        "--kill-child",
                        "--mount-proc",
                        "bash",
                        script.toString(),
                        checkout().toString())
                .redirectError(directory.resolve("err").toFile())
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        assertThat(line)
                .as("the private machine; %s", Files.readString(directory.resolve("err")))
                .startsWith("ready");
        String init = process.toHandle()
                .children()
                .map(child -> Long.toString(child.pid()))
                .findFirst()
                .orElseThrow();
        return new PrivateMachine(process, init, directory);
    }

    /** The root directory of the machine, as this JVM sees it. */
    public Path root() {
        return Path.of("/proc", init, "root");
    }

    /** A command as a user of the machine; {@code root} too. */
    public List<String> command(String user, String... command) {
        List<String> whole = new ArrayList<>(List.of("nsenter", "--target", init, "--mount", "--pid"));
        if (!user.equals("root")) {
            whole.addAll(List.of(
                    "setpriv", "--reuid", user, "--regid", user, "--init-groups", "--inh-caps=-all", "--no-new-privs"));
            // A terminal agent calls a program of polkit that is root.
            whole.remove("--no-new-privs");
        }
        whole.addAll(List.of(
                "env",
                "-i",
                "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
                "LANG=C.UTF-8",
                "HOME=" + home(user),
                "USER=" + user,
                "XDG_RUNTIME_DIR=/run/user-" + user));
        whole.addAll(List.of(command));
        return whole;
    }

    public Command.Result run(String user, String... command) {
        return Command.run(java.util.Map.of(), command(user, command));
    }

    public Process start(String user, String... command) throws IOException {
        return new ProcessBuilder(command(user, command))
                .redirectErrorStream(true)
                .start();
    }

    public static String home(String user) {
        return user.equals("root") ? "/root" : "/home/" + user;
    }

    /** Makes a directory of a user. */
    public String directory(String user, String path) {
        run(user, "mkdir", "-p", path).succeeded();
        return path;
    }

    /** What gdbus makes of a call of the helper; {@code request} in its notation. */
    public Command.Result call(String user, String method, String request) {
        return run(user, gdbus(method, request));
    }

    public static String[] gdbus(String method, String request) {
        return new String[] {
            "gdbus",
            "call",
            "--system",
            "--timeout",
            "120",
            "--interactive",
            "--dest",
            "io.github.cramdisk.Helper1",
            "--object-path",
            "/io/github/cramdisk/Helper1",
            "--method",
            "io.github.cramdisk.Helper1." + method,
            request
        };
    }

    /** The class path of this JVM, which lies where the machine's users must not look, copied to where they may. */
    private String copyOfClassPath() {
        String to = "/usr/local/lib/cramdisk-test";
        List<String> copies = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path", "").split(":", -1)) {
            if (!entry.isEmpty() && Files.exists(Path.of(entry))) {
                String copy = to + "/" + copies.size() + "-" + Path.of(entry).getFileName();
                run(
                                "root",
                                "sh",
                                "-c",
                                "mkdir -p " + to + " && cp -r " + entry + " " + copy + " && chmod -R a+rX " + to)
                        .succeeded();
                copies.add(copy);
            }
        }
        return String.join(":", copies);
    }

    /** The built Cramdisk, copied to where every user may run it. */
    public String copyOfDistribution() {
        String to = "/usr/local/lib/cramdisk-dist";
        String dist = System.getProperty("cramdisk.dist", "target/dist");
        run("root", "sh", "-c", "rm -rf " + to + " && cp -rL " + dist + " " + to + " && chmod -R a+rX " + to)
                .succeeded();
        return to;
    }

    /** Cramdisk as a checkout has it: with the script that installs the helper at its place. Returns its command line. */
    public String copyOfCheckout() {
        String to = "/usr/local/lib/cramdisk-checkout";
        String built = copyOfDistribution();
        run(
                        "root",
                        "sh",
                        "-c",
                        "mkdir -p " + to + "/target/builds " + to + "/installer && cp -rL " + built + " " + to
                                + "/target/builds/test && cp " + checkout() + "/installer/install-helper " + to
                                + "/installer && chmod -R a+rX " + to)
                .succeeded();
        return to + "/target/builds/test/bin/cramdisk";
    }

    /** Where the tests run: the folder of this project. */
    public static Path checkout() {
        return Path.of(System.getProperty("cramdisk.dist", "target/dist"))
                .toAbsolutePath()
                .resolve("../..")
                .normalize();
    }

    /**
     * Starts an authentication agent for one process and waits until polkit knows it.
     *
     * @param pid of the process, as inside of the machine
     * @param behaviour {@code dismiss} or {@code wait}, as {@link PolkitAgent} takes it
     * @return ends when it is destroyed; its lines are those of {@link PolkitAgent} after {@code registered}
     */
    public Agent agent(long pid, String behaviour) throws IOException {
        Process process = start("root", javaCommand(PolkitAgent.class, Long.toString(pid), behaviour));
        Agent agent = new Agent(process, process.inputReader(StandardCharsets.UTF_8));
        agent.next(line -> line.equals("registered"));
        return agent;
    }

    /** A running agent. */
    public record Agent(Process process, BufferedReader reader) implements AutoCloseable {
        /** The next line that is wanted; those before it are dropped. */
        public String next(Predicate<String> wanted) throws IOException {
            List<String> seen = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                seen.add(line);
                if (wanted.test(line)) {
                    return line;
                }
            }
            throw new AssertionError("the program ended; it said " + seen);
        }

        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Runs a class of the tests inside. */
    public String[] javaCommand(Class<?> program, String... arguments) {
        if (classPath.isEmpty()) {
            classPath = copyOfClassPath();
        }
        return Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx128m",
                                "-XX:+UseSerialGC",
                                "-Dslf4j.internal.verbosity=ERROR",
                                "-cp",
                                classPath,
                                program.getName()),
                        Stream.of(arguments))
                .toArray(String[]::new);
    }

    /** The mount points of tmpfs and ramfs below or at {@code path}. */
    public List<String> mountsUnder(String path) {
        return run("root", "cat", "/proc/self/mountinfo")
                .succeeded()
                .out()
                .lines()
                .filter(line -> line.contains(" - tmpfs ") || line.contains(" - ramfs "))
                .map(line -> line.split(" ", -1)[4])
                .filter(target -> target.equals(path) || target.startsWith(path + "/"))
                .collect(Collectors.toList());
    }

    /** All mounts of the machine, in a form that does not depend on their order. */
    public List<String> mounts() {
        return run("root", "cat", "/proc/self/mountinfo")
                .succeeded()
                .out()
                .lines()
                .map(line -> line.split(" ", -1)[4] + line.substring(line.indexOf(" - ")))
                .sorted()
                .toList();
    }

    /** Process ids of the helper, as this JVM sees them. */
    public List<ProcessHandle> helpers() {
        return ProcessHandle.allProcesses()
                .filter(candidate -> candidate
                        .info()
                        .commandLine()
                        .map(line -> line.contains("io.github.cramdisk.helper.Main") && isInside(candidate))
                        .orElse(false))
                .toList();
    }

    private boolean isInside(ProcessHandle candidate) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", init, "ns/mnt"))
                    .equals(Files.readSymbolicLink(Path.of("/proc", Long.toString(candidate.pid()), "ns/mnt")));
        } catch (IOException e) {
            return false;
        }
    }

    public ProcessHandle helper() {
        return await().atMost(PATIENCE)
                .until(this::helpers, found -> found.size() == 1)
                .get(0);
    }

    public String busLog() {
        return run("root", "cat", "/run/dbus.log").out();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
