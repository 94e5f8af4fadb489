// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.kernel.vm;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A machine under QEMU with Debian's kernel, whose root directory is the host's, read-only under a tmpfs. Processors are
 * emulated unless KVM works. Requests and outcomes travel over a virtio serial port, one object each way.
 */
final class VirtualMachine implements AutoCloseable {
    /** An emulated machine boots in half a minute when the host is idle. */
    private static final Duration BOOT_LIMIT = Duration.ofMinutes(6);
    /** KVM that works is there in seconds; where it is only announced, it hangs or fails. */
    private static final Duration KVM_BOOT_LIMIT = Duration.ofSeconds(30);
    /** Longer than the longest scenario on a busy host. */
    private static final Duration TEST_LIMIT = Duration.ofMinutes(30);

    private static final int CONSOLE_TAIL_CHARACTERS = 20_000;
    private static final Path WORK = Path.of("target", "vm").toAbsolutePath();
    private static final Path CONSOLE = WORK.resolve("console.log");

    private static boolean kvmFails;

    private final Process qemu;
    private final SocketChannel port;
    private @Nullable ObjectOutputStream requests;
    private @Nullable ObjectInputStream outcomes;

    private VirtualMachine(Process qemu, SocketChannel port) {
        this.qemu = qemu;
        this.port = port;
    }

    /** Boots a machine and waits until it takes requests. */
    static synchronized VirtualMachine boot() throws IOException {
        Requirements.met();
        long start = System.nanoTime();
        prepare();
        if (!kvmFails && Files.isWritable(Path.of("/dev/kvm"))) {
            try {
                return start("kvm", "host", KVM_BOOT_LIMIT, start);
            } catch (AssertionError e) {
                kvmFails = true;
                System.out.println("KVM does not work here; the processors of the machine are emulated");
            }
        }
        return start("tcg,thread=multi", "max", BOOT_LIMIT, start);
    }

    /** Fetches the kernel and writes down for the machine where things are. */
    private static void prepare() throws IOException {
        Files.createDirectories(WORK);
        Path script = resource("kernel.sh");
        resource("init");
        resource("setup.sh");
        String cacheHome = System.getenv("XDG_CACHE_HOME");
        Path cache = cacheHome != null && !cacheHome.isEmpty()
                ? Path.of(cacheHome)
                : Path.of(System.getProperty("user.home", "/tmp"), ".cache");
        Process process = new ProcessBuilder(
                        "bash",
                        script.toString(),
                        cache.resolve("cramdisk-kernel-tests").toString(),
                        WORK.toString())
                .redirectError(WORK.resolve("kernel.log").toFile())
                .start();
        String modules;
        try (InputStream out = process.getInputStream()) {
            modules = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
        if (waitFor(process) != 0) {
            throw new AssertionError("no kernel: " + Files.readString(WORK.resolve("kernel.log")));
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
        Files.writeString(WORK.resolve("boot.env"), environment);
    }

    private static Path resource(String name) throws IOException {
        Path file = WORK.resolve(name);
        try (InputStream text = VirtualMachine.class.getResourceAsStream(name)) {
            if (text == null) {
                throw new IllegalStateException(name);
            }
            Files.copy(text, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }

    private static VirtualMachine start(String accelerator, String processor, Duration limit, long start)
            throws IOException {
        // Short, because the path of a Unix socket is.
        Path directory = Files.createTempDirectory("cdvm");
        Path socket = directory.resolve("port");
        List<String> command = new ArrayList<>(List.of("qemu-system-x86_64", "-accel", accelerator, "-cpu", processor));
        command.addAll(List.of("-m", "3G", "-smp", "2", "-display", "none", "-no-reboot", "-net", "none"));
        command.addAll(List.of("-serial", "file:" + CONSOLE, "-monitor", "none"));
        command.addAll(List.of("-kernel", WORK.resolve("vmlinuz").toString()));
        command.addAll(List.of("-initrd", WORK.resolve("initrd").toString()));
        command.addAll(List.of(
                "-append",
                "console=ttyS0 loglevel=5 panic=-1 systemd.unit=cramdisk-tests.target net.ifnames=0 mitigations=off cramdisk.work="
                        + WORK));
        command.addAll(List.of(
                "-virtfs",
                "local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap",
                "-device",
                "virtio-serial",
                "-chardev",
                "socket,id=tests,server=on,wait=off,path=" + socket,
                "-device",
                "virtserialport,chardev=tests,name=" + GuestAgent.PORT_NAME));
        Process qemu = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(WORK.resolve("qemu.log").toFile())
                .start();
        SocketChannel port = SocketChannel.open(StandardProtocolFamily.UNIX);
        VirtualMachine machine = new VirtualMachine(qemu, port);
        // Not even a killed test run leaves a machine behind.
        Runtime.getRuntime().addShutdownHook(new Thread(qemu::destroyForcibly));
        try {
            connect(port, socket, qemu);
            Files.delete(socket);
            Files.delete(directory);
            machine.greet(limit);
        } catch (IOException | AssertionError e) {
            machine.close();
            throw new AssertionError("the machine did not boot (" + accelerator + "): " + e + "\n" + logs(), e);
        }
        System.out.printf(
                "booted in %.0f s (%s)%n",
                Duration.ofNanos(System.nanoTime() - start).toMillis() / 1e3, accelerator);
        return machine;
    }

    private static void connect(SocketChannel port, Path socket, Process qemu) throws IOException {
        while (!Files.exists(socket)) {
            try {
                if (qemu.waitFor(20, TimeUnit.MILLISECONDS)) {
                    throw new IOException("QEMU ended at once");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
        port.connect(UnixDomainSocketAddress.of(socket));
    }

    /** Both object streams begin with a header, which the other side waits for. */
    private void greet(Duration limit) throws IOException {
        outcomes = within(limit, () -> new ObjectInputStream(Channels.newInputStream(port)));
        ObjectOutputStream out = new ObjectOutputStream(Channels.newOutputStream(port));
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

    /** A blocking read with a limit, which also ends when QEMU does. */
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

    private static String logs() throws IOException {
        String console = Files.exists(CONSOLE) ? Files.readString(CONSOLE, StandardCharsets.ISO_8859_1) : "";
        return "--- QEMU\n" + Files.readString(WORK.resolve("qemu.log")) + "--- console\n"
                + console.substring(Math.max(0, console.length() - CONSOLE_TAIL_CHARACTERS));
    }

    private static int waitFor(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Switches it off; there is nothing in it to save. */
    @Override
    public void close() {
        qemu.destroyForcibly();
        waitFor(qemu);
        try {
            port.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
