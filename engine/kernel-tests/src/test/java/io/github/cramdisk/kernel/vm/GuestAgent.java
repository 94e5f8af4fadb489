// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.kernel.vm;

import io.github.cramdisk.kernel.Root;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs inside the machine, as root: takes requests from the host and runs one test at a time. */
public final class GuestAgent {
    static final String PORT_NAME = "cramdisk.tests";
    private static final Path PORTS = Path.of("/sys/class/virtio-ports");
    /** Where there is no virtio: User Mode Linux. */
    private static final Path SERIAL_LINE = Path.of("/dev/ttyS0");

    private GuestAgent() {}

    /** Whether this JVM runs inside the machine. */
    public static boolean isHere() {
        return Boolean.getBoolean("cramdisk.guest");
    }

    public static void main(String[] arguments) throws IOException, ClassNotFoundException {
        // The port can be opened once only, so for both directions.
        try (RandomAccessFile port = open(port())) {
            ObjectOutputStream out = new ObjectOutputStream(outputOf(port));
            out.flush();
            ObjectInputStream in = new ObjectInputStream(inputOf(port));
            Launcher launcher = LauncherFactory.create();
            while (true) {
                TestRequest request = (TestRequest) in.readObject();
                out.writeObject(run(launcher, request));
                out.flush();
            }
        } catch (EOFException e) {
            System.out.println("the host has closed the port");
        }
    }

    private static RandomAccessFile open(Path port) throws IOException {
        RandomAccessFile open = new RandomAccessFile(port.toFile(), "rw");
        if (port.equals(SERIAL_LINE)) {
            // As long as it is open it passes every byte as it is.
            Root.run("stty", "--file=" + port, "raw", "-echo").succeeded();
        }
        return open;
    }

    private static Path port() throws IOException {
        if (Files.notExists(PORTS)) {
            return SERIAL_LINE;
        }
        try (DirectoryStream<Path> ports = Files.newDirectoryStream(PORTS)) {
            for (Path port : ports) {
                if (Files.readString(port.resolve("name")).strip().equals(PORT_NAME)) {
                    return Path.of("/dev").resolve(port.getFileName());
                }
            }
        }
        throw new IOException("there is no port " + PORT_NAME + " in " + PORTS);
    }

    private static TestOutcome run(Launcher launcher, TestRequest request) throws IOException {
        Files.writeString(Path.of("/dev/kmsg"), "tests: " + request + " begins\n");
        Outcome outcome = new Outcome();
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        long start = System.nanoTime();
        try (PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(capture);
            launcher.execute(
                    LauncherDiscoveryRequestBuilder.request()
                            .selectors(DiscoverySelectors.selectMethod(request.className(), request.methodName()))
                            .build(),
                    outcome);
        } finally {
            System.setOut(console);
        }
        String output = printed.toString(StandardCharsets.UTF_8)
                + String.format(Locale.ROOT, "%s: %.1f s in the machine%n", request, (System.nanoTime() - start) / 1e9);
        Throwable failure = outcome.failure;
        if (failure == null && !outcome.ran) {
            failure = new AssertionError("the machine found no such test");
        }
        return failure == null
                ? new TestOutcome(null, outcome.skipped, List.of(), output)
                : new TestOutcome(
                        failure.toString(), null, List.of(failure.getStackTrace()), output + GuestLogs.since(request));
    }

    /** The first failure of the one test, wherever in its class it came from. */
    private static final class Outcome implements TestExecutionListener {
        private @Nullable Throwable failure;
        private @Nullable String skipped;
        private boolean ran;

        @Override
        public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
            ran |= identifier.isTest();
            if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
                skipped = result.getThrowable().map(Throwable::getMessage).orElse("skipped");
            } else if (failure == null) {
                failure = result.getThrowable().orElse(null);
            }
        }
    }

    private static InputStream inputOf(RandomAccessFile port) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                return port.read();
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return port.read(buffer, offset, length);
            }
        };
    }

    private static OutputStream outputOf(RandomAccessFile port) {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                port.write(octet);
            }

            @Override
            public void write(byte[] buffer, int offset, int length) throws IOException {
                port.write(buffer, offset, length);
            }
        };
    }
}
