// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Runs the few programs that verbs and their checks need: by absolute path from directories that only root writes to, without a shell,
 * with an environment of their own, nothing to read, and a time limit.
 */
public final class Programs {
    private static final List<Path> SYSTEM_DIRECTORIES = List.of(
            Path.of("/usr/sbin"),
            Path.of("/usr/bin"),
            Path.of("/sbin"),
            Path.of("/bin"),
            Path.of("/run/current-system/sw/bin"));
    private static final Duration TIME_LIMIT = Duration.ofMinutes(2);
    /** More than any of them says; a program that says more is cut off. */
    private static final int MOST_OUTPUT = 64 << 10;

    private static final int OUTPUT_SHOWN = 600;
    private static final Map<String, String> PACKAGES = Map.ofEntries(
            Map.entry("mkfs.ext4", "e2fsprogs"),
            Map.entry("e2fsck", "e2fsprogs"),
            Map.entry("resize2fs", "e2fsprogs"),
            Map.entry("mkfs.xfs", "xfsprogs"),
            Map.entry("xfs_growfs", "xfsprogs"),
            Map.entry("mkfs.btrfs", "btrfs-progs"),
            Map.entry("btrfs", "btrfs-progs"),
            Map.entry("mkswap", "util-linux"),
            Map.entry("findmnt", "util-linux"),
            Map.entry("systemctl", "systemd"),
            Map.entry("systemd-analyze", "systemd"),
            Map.entry("blkid", "util-linux"),
            Map.entry("modprobe", "kmod"));

    private final List<Path> directories;

    public Programs() {
        this(SYSTEM_DIRECTORIES);
    }

    Programs(List<Path> directories) {
        this.directories = List.copyOf(directories);
    }

    /**
     * Runs a program to its end.
     *
     * @throws CramdiskException {@link ErrorKind#PROGRAM_MISSING}; {@link ErrorKind#PROGRAM_FAILED} with what it said when
     *     it failed or took more than two minutes
     */
    public void run(String name, List<String> arguments) {
        Answer answer = ask(name, arguments, Map.of());
        if (answer.exit() != 0) {
            throw failed(name, said(answer.output(), answer.exit()), null);
        }
    }

    /** Runs a program whose exit code is its answer. Throws as {@link #run}, but not because of that code. */
    int exitCode(String name, List<String> arguments) {
        return ask(name, arguments, Map.of()).exit();
    }

    /** How a program ended and what it said, white space at both ends taken away. */
    public record Answer(int exit, String output) {}

    /**
     * Runs a program to its end, whatever it says.
     *
     * @param environment added to that which all programs get
     * @throws CramdiskException {@link ErrorKind#PROGRAM_MISSING}; {@link ErrorKind#PROGRAM_FAILED} when it took more than
     *     two minutes
     */
    public Answer ask(String name, List<String> arguments, Map<String, String> environment) {
        List<String> command = new ArrayList<>();
        command.add(find(name).toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            AtomicBoolean late = new AtomicBoolean();
            Thread watch = watch(process, late);
            String output = output(process);
            int exit = process.waitFor();
            watch.interrupt();
            if (late.get()) {
                throw failed(name, "it took too long", null);
            }
            return new Answer(exit, output);
        } catch (IOException e) {
            throw failed(name, e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(name, "it was interrupted", e);
        }
    }

    private Path find(String name) {
        return directories.stream()
                .map(directory -> directory.resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new CramdiskException(
                        ErrorKind.PROGRAM_MISSING, name, "package " + PACKAGES.getOrDefault(name, name)));
    }

    private static Thread watch(Process process, AtomicBoolean late) {
        Thread watch = new Thread(
                () -> {
                    try {
                        if (!process.waitFor(TIME_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                            late.set(true);
                            process.destroyForcibly();
                        }
                    } catch (InterruptedException e) {
                        // The program has ended.
                        process.destroyForcibly();
                    }
                },
                "program-time-limit");
        watch.setDaemon(true);
        watch.start();
        return watch;
    }

    private static String output(Process process) throws IOException {
        try (InputStream stream = process.getInputStream()) {
            return new String(stream.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8).strip();
        }
    }

    private static String said(String output, int exit) {
        String text = output.isEmpty() ? "it ended with code " + exit : output.replaceAll("\\s+", " ");
        return text.length() > OUTPUT_SHOWN ? text.substring(text.length() - OUTPUT_SHOWN) : text;
    }

    private static CramdiskException failed(String name, @Nullable String why, @Nullable Throwable e) {
        return new CramdiskException(ErrorKind.PROGRAM_FAILED, e, name, String.valueOf(why));
    }
}
