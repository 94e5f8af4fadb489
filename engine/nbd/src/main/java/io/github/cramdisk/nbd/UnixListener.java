// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A listening Unix socket and its file: made for its owner only, removed again when closed. Thread-safe. */
final class UnixListener {
    private static final System.Logger LOG = System.getLogger(UnixListener.class.getName());

    /** sockaddr_un.sun_path without its final NUL, unix(7). */
    private static final int MAXIMUM_PATH_BYTES = 107;

    private static final int BACKLOG = 128;
    private static final long PAUSE_MILLIS = 100;

    private final Path path;
    private final @Nullable Object fileKey;
    private final ServerSocketChannel channel;
    private final CountDownLatch closed = new CountDownLatch(1);

    private UnixListener(Path path, @Nullable Object fileKey, ServerSocketChannel channel) {
        this.path = path;
        this.fileKey = fileKey;
        this.channel = channel;
    }

    /** See {@link NbdServer#listen}. The directory keeps others out until the mode is set. */
    static UnixListener bind(Path path) throws IOException {
        if (path.toString().getBytes(StandardCharsets.UTF_8).length > MAXIMUM_PATH_BYTES) {
            throw new BindException("path is too long for a Unix socket (at most 107 bytes): " + path);
        }
        removeStale(path);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(path), BACKLOG);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            return new UnixListener(path, attributes(path).fileKey(), channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    SocketChannel accept() throws IOException {
        return channel.accept();
    }

    /** Waits a moment; false if the listener is closed. */
    boolean pause() {
        try {
            return !closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void close() {
        closed.countDown();
        try {
            channel.close();
            if (Objects.equals(attributes(path).fileKey(), fileKey)) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException e) {
            // somebody has removed it
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot remove the socket " + path, e);
        }
    }

    private static void removeStale(Path path) throws IOException {
        BasicFileAttributes found;
        try {
            found = attributes(path);
        } catch (NoSuchFileException e) {
            return;
        }
        if (!found.isOther()) {
            throw new BindException("not a socket: " + path);
        }
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.connect(UnixDomainSocketAddress.of(path));
        } catch (ConnectException e) {
            Files.deleteIfExists(path);
            return;
        }
        throw new BindException("another server listens on " + path);
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
