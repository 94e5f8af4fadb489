// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.RuntimeFiles;
import io.github.cramdisk.gui.common.Tasks;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one user to one window on a display. The first start holds a lock and listens on a socket, both in the runtime
 * directory; a later one hands its arguments over and ends. A window that hangs, is on another display, or cannot be
 * reached for any other reason keeps nobody from opening their own: two windows are better than none.
 */
public final class SingleInstance implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SingleInstance.class.getName());
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    /** From the end of a handed-over start to the window's answer: the first may just be starting its toolkit. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration RETRY = Duration.ofMillis(50);

    private static final String SHOWN = "shown";
    private static final String ELSEWHERE = "elsewhere";
    private static final String REFUSED = "refused";

    private final String display;
    private final @Nullable FileChannel lock;
    private final @Nullable ServerSocketChannel listener;
    private final Path socket;

    private SingleInstance(
            String display, @Nullable FileChannel lock, @Nullable ServerSocketChannel listener, Path socket) {
        this.display = display;
        this.lock = lock;
        this.listener = listener;
        this.socket = socket;
    }

    /**
     * Becomes the window of this user, or hands over to it.
     *
     * @param display where this start would open it, as {@code DISPLAY} says
     * @return empty where another window took the arguments: this process has nothing left to do
     */
    public static Optional<SingleInstance> claim(RuntimeFiles files, String display, List<String> arguments) {
        return claim(files, display, arguments, PATIENCE);
    }

    static Optional<SingleInstance> claim(
            RuntimeFiles files, String display, List<String> arguments, Duration patience) {
        Path socket = Path.of("");
        try {
            files.prepareRuntimeDirectory();
            socket = files.windowSocket();
            long end = System.nanoTime() + patience.toNanos();
            do {
                FileChannel lock = tryLock(files.windowLock());
                if (lock != null) {
                    return Optional.of(new SingleInstance(display, lock, listen(socket), socket));
                }
                String answer = ask(socket, display, arguments, Duration.ofNanos(end - System.nanoTime()));
                if (answer != null) {
                    return answer.equals(SHOWN)
                            ? Optional.empty()
                            : Optional.of(new SingleInstance(display, null, null, socket));
                }
            } while (System.nanoTime() < end);
            LOG.log(System.Logger.Level.WARNING, "the window that is open does not answer; opening another");
        } catch (CramdiskException | IOException e) {
            LOG.log(System.Logger.Level.WARNING, "whether a window is open already cannot be told", e);
        }
        return Optional.of(new SingleInstance(display, null, null, socket));
    }

    /** @return null while another process, or another window of this one, holds it */
    private static @Nullable FileChannel tryLock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        FileLock held;
        try {
            held = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            held = null;
        }
        if (held == null) {
            channel.close();
            return null;
        }
        return channel;
    }

    /** Only the holder of the lock comes here: what is in the socket's place was left by a window that was killed. */
    private static ServerSocketChannel listen(Path socket) throws IOException {
        Files.deleteIfExists(socket);
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket));
        Files.setPosixFilePermissions(socket, OWNER_ONLY);
        return listener;
    }

    /** @return null where there is no answer, or nobody listens yet or any more */
    private static @Nullable String ask(Path socket, String display, List<String> arguments, Duration patience)
            throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            List<String> words = new ArrayList<>(List.of(display));
            words.addAll(arguments);
            WindowMessage.writeLine(channel, WindowMessage.encode(words));
            return WindowMessage.readLine(channel, patience);
        } catch (IOException e) {
            // Between the other's lock and its socket there is a moment, and another at its end.
            LOG.log(System.Logger.Level.DEBUG, "the window does not answer yet", e);
            pause();
            return null;
        }
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /**
     * Answers later starts from now on; those that came before have waited.
     *
     * @param onStart called on the window's thread with what a later start asks for
     */
    public void serve(Tasks tasks, Consumer<StartOptions> onStart) {
        ServerSocketChannel open = listener;
        if (open == null) {
            return;
        }
        tasks.run(() -> {
                    while (open.isOpen()) {
                        SocketChannel channel = open.accept();
                        // Each by itself: one that says nothing keeps no other waiting.
                        tasks.run(() -> answer(channel, tasks, onStart))
                                .onFailure(e -> LOG.log(System.Logger.Level.DEBUG, "a later start is gone", e));
                    }
                    return true;
                })
                .onFailure(e -> LOG.log(System.Logger.Level.DEBUG, "no later start is answered any more", e));
    }

    private boolean answer(SocketChannel channel, Tasks tasks, Consumer<StartOptions> onStart) throws IOException {
        try (channel) {
            String line = WindowMessage.readLine(channel, PATIENCE);
            if (line == null) {
                return false;
            }
            String answer = obey(line, tasks, onStart);
            WindowMessage.writeLine(channel, answer);
            return answer.equals(SHOWN);
        }
    }

    private String obey(String line, Tasks tasks, Consumer<StartOptions> onStart) {
        try {
            List<String> words = WindowMessage.decode(line);
            if (!words.get(0).equals(display)) {
                return ELSEWHERE;
            }
            StartOptions options = StartOptions.parse(words.subList(1, words.size()));
            CompletableFuture<Boolean> shown = new CompletableFuture<>();
            tasks.onWindow(() -> {
                onStart.accept(options);
                shown.complete(true);
            });
            // A window that hangs must not say that it is in front.
            shown.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return SHOWN;
        } catch (IllegalArgumentException | StartOptions.Refused | ExecutionException | TimeoutException e) {
            LOG.log(System.Logger.Level.WARNING, "a later start was refused", e);
            return REFUSED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return REFUSED;
        }
    }

    /** Lets the next start open a window. The lock goes last: who holds it may remove the socket. */
    @Override
    public void close() {
        try {
            if (listener != null) {
                listener.close();
                Files.deleteIfExists(socket);
            }
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the next window cleans up", e);
        }
    }
}
