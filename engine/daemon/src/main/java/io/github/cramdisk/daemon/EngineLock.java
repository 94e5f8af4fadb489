// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lock that makes an engine the only one of its runtime directory; it falls by itself when the process dies. The file
 * holds the process id, for people and for the error of the second engine, and nothing once the engine has ended in
 * order. It is never deleted: a lock on a deleted file
 * would exclude nobody.
 */
final class EngineLock implements AutoCloseable {
    private static final int MAX_PID_BYTES = 20;

    private final FileChannel file;
    private final boolean takenFromTheDead;

    private EngineLock(FileChannel file, boolean takenFromTheDead) {
        this.file = file;
        this.takenFromTheDead = takenFromTheDead;
    }

    /**
     * @throws CramdiskException {@link ErrorKind#ENGINE_ALREADY_RUNNING}
     * @throws IOException when the file cannot be opened or written
     */
    static EngineLock take(Path path) throws IOException {
        FileChannel file = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        boolean taken = false;
        try {
            if (tryLock(file) == null) {
                throw new CramdiskException(ErrorKind.ENGINE_ALREADY_RUNNING, readPid(file));
            }
            // An engine that ends in order leaves its file empty.
            boolean dead = file.size() > 0;
            file.truncate(0);
            String pid = Long.toString(ProcessHandle.current().pid());
            ByteBuffer text = ByteBuffer.wrap((pid + "\n").getBytes(StandardCharsets.US_ASCII));
            while (text.hasRemaining()) {
                file.write(text);
            }
            taken = true;
            return new EngineLock(file, dead);
        } finally {
            if (!taken) {
                file.close();
            }
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held by this very process, as happens in tests.
            return null;
        }
    }

    private static String readPid(FileChannel file) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(MAX_PID_BYTES);
        int length = file.read(buffer, 0);
        String text = new String(buffer.array(), 0, Math.max(0, length), StandardCharsets.US_ASCII).strip();
        return text.isEmpty() ? "unknown" : text;
    }

    /** Whether the engine before this one did not end in order: it was killed, or crashed. */
    boolean isTakenFromTheDead() {
        return takenFromTheDead;
    }

    /** Ends in order. */
    void release() throws IOException {
        file.truncate(0);
        close();
    }

    /** Ends as the death of the process would. */
    @Override
    public void close() throws IOException {
        file.close();
    }
}
