// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.kernel.vm;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A machine with Debian's kernel, whose root directory is the host's, read-only under a tmpfs. Requests and outcomes travel
 * over a serial port, one object each way.
 */
final class VirtualMachine implements AutoCloseable {
    /** Longer than the longest scenario on a busy host. */
    private static final Duration TEST_LIMIT = Duration.ofMinutes(30);

    private static final int LOG_TAIL_CHARACTERS = 20_000;
    private static final Path WORK = Path.of("target", "vm").toAbsolutePath();

    private final Path work;
    private final Process process;
    private @Nullable ObjectOutputStream requests;
    private @Nullable ObjectInputStream outcomes;

    private VirtualMachine(Hypervisor hypervisor) throws IOException {
        work = WORK.resolve(hypervisor.kernel());
        process = new ProcessBuilder(hypervisor.command(work, console()))
                .redirectError(work.resolve("hypervisor.log").toFile())
                .start();
        // A test run that is asked to end leaves no machine behind.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
        try {
            greet(hypervisor.bootLimit());
        } catch (IOException | AssertionError e) {
            close();
            throw new AssertionError("the machine did not boot (" + hypervisor + "): " + e + "\n" + logs(), e);
        }
    }

    /**
     * Boots a machine and waits until it takes requests.
     *
     * @throws AssertionError when it does not
     */
    static VirtualMachine boot(Hypervisor hypervisor) throws IOException {
        long start = System.nanoTime();
        prepare(hypervisor);
        VirtualMachine machine = new VirtualMachine(hypervisor);
        System.out.printf(
                "booted in %.0f s (%s)%n",
                Duration.ofNanos(System.nanoTime() - start).toMillis() / 1e3, hypervisor);
        return machine;
    }

    /** Fetches the kernel and writes down for the machine where things are. */
    private static void prepare(Hypervisor hypervisor) throws IOException {
        Path work = WORK.resolve(hypervisor.kernel());
        Files.createDirectories(work);
        Files.deleteIfExists(work.resolve("console.log"));
        Path script = resource(work, "kernel.sh");
        resource(work, "init");
        resource(work, "setup.sh");
        String cacheHome = System.getenv("XDG_CACHE_HOME");
        Path cache = cacheHome != null && !cacheHome.isEmpty()
                ? Path.of(cacheHome)
                : Path.of(System.getProperty("user.home", "/tmp"), ".cache");
        Process process = new ProcessBuilder(
                        "bash",
                        script.toString(),
                        cache.resolve("cramdisk-kernel-tests").toString(),
                        work.toString(),
                        hypervisor.kernel())
                .redirectError(work.resolve("kernel.log").toFile())
                .start();
        String modules;
        try (InputStream out = process.getInputStream()) {
            modules = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
        if (waitFor(process) != 0) {
            throw new AssertionError("no kernel: " + Files.readString(work.resolve("kernel.log")));
        }

        Path dist = Path.of(System.getProperty("cramdisk.dist", "target/dist"));
        if (!Files.isExecutable(dist.resolve("bin/cramdisk"))) {
            throw new AssertionError("there is no built Cramdisk in " + dist + "; ./test builds it");
        }
        Path java = Path.of(System.getProperty("java.home"), "bin", "java").toRealPath();
        String classPath = Stream.of(System.getProperty("java.class.path").split(":"))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(":"));
        String environment = Stream.of(
                        "CHECKOUT=" + dist.toAbsolutePath().resolve("../..").normalize(),
                        // The link turns at the next build; the machine keeps what it was booted with.
                        "DIST=" + dist.toRealPath(),
                        "JAVA=" + java,
                        "CLASS_PATH=" + classPath,
                        "TEST_CLASSES=" + Path.of("target", "test-classes").toAbsolutePath(),
                        "MODULES=" + modules)
                .map(line -> line.replaceFirst("=(.*)", "='$1'\n"))
                .collect(Collectors.joining());
        Files.writeString(work.resolve("boot.env"), environment);
    }

    private static Path resource(Path work, String name) throws IOException {
        Path file = work.resolve(name);
        try (InputStream text = VirtualMachine.class.getResourceAsStream(name)) {
            if (text == null) {
                throw new IllegalStateException(name);
            }
            Files.copy(text, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }

    /** Both object streams begin with a header, which the other side waits for. */
    private void greet(Duration limit) throws IOException {
        outcomes = within(limit, () -> new ObjectInputStream(process.getInputStream()));
        ObjectOutputStream out = new ObjectOutputStream(process.getOutputStream());
        out.flush();
        requests = out;
    }

    /**
     * Runs a test in the machine.
     *
     * @throws AssertionError when the machine does not answer; it must be closed then
     */
    TestOutcome run(TestRequest request) throws IOException {
        ObjectOutputStream out = requests;
        ObjectInputStream in = outcomes;
        if (out == null || in == null) {
            throw new IllegalStateException("not booted");
        }
        out.writeObject(request);
        out.flush();
        try {
            return within(TEST_LIMIT, () -> (TestOutcome) in.readObject());
        } catch (AssertionError e) {
            throw new AssertionError(request + ": " + e.getMessage() + "\n" + logs(), e);
        }
    }

    private interface Read<T> {
        T read() throws IOException, ClassNotFoundException;
    }

    /** A blocking read with a limit, which also ends when the machine does. */
    private <T> T within(Duration limit, Read<T> read) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread reader = new Thread(
                () -> {
                    try {
                        result.complete(read.read());
                    } catch (EOFException e) {
                        result.completeExceptionally(new IOException("the machine is gone", e));
                    } catch (IOException | ClassNotFoundException e) {
                        result.completeExceptionally(e);
                    }
                },
                "virtual-machine-port");
        reader.setDaemon(true);
        reader.start();
        try {
            return result.get(limit.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (ExecutionException e) {
            throw new AssertionError(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new AssertionError("no answer from the machine within " + limit.toSeconds() + " s", e);
        }
    }

    private Path console() {
        return work.resolve("console.log");
    }

    private String logs() throws IOException {
        return "--- hypervisor\n" + tail(work.resolve("hypervisor.log")) + "--- console\n" + tail(console());
    }

    private static String tail(Path log) throws IOException {
        String text = Files.exists(log) ? Files.readString(log, StandardCharsets.ISO_8859_1) : "";
        return text.substring(Math.max(0, text.length() - LOG_TAIL_CHARACTERS));
    }

    private static int waitFor(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** User Mode Linux has a process for each one in the machine; those of QEMU are threads. */
    private static void end(Process process) {
        List<ProcessHandle> inside = process.descendants().toList();
        process.destroyForcibly();
        inside.forEach(ProcessHandle::destroyForcibly);
    }

    /** Switches it off; there is nothing in it to save. */
    @Override
    public void close() {
        end(process);
        waitFor(process);
    }
}
