// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What two starts of the window say to each other: one line each way, at most {@value #MAX_LINE_BYTES} bytes of UTF-8 with
 * the line feed, words parted by spaces and percent-encoded, so that a mount point may hold any character.
 */
final class WindowMessage {
    /** Room for a path of PATH_MAX bytes, each of them encoded as three. */
    static final int MAX_LINE_BYTES = 16384;

    private WindowMessage() {}

    /** The line of these words, without its line feed. */
    static String encode(List<String> words) {
        return words.stream()
                .map(word -> URLEncoder.encode(word, StandardCharsets.UTF_8))
                .collect(Collectors.joining(" "));
    }

    /** @throws IllegalArgumentException where a word is not percent-encoded */
    static List<String> decode(String line) {
        return Stream.of(line.split(" ", -1))
                .map(word -> URLDecoder.decode(word, StandardCharsets.UTF_8))
                .toList();
    }

    /** @throws IOException also for a line that is too long, of which nothing is sent */
    static void writeLine(SocketChannel channel, String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        if (bytes.remaining() > MAX_LINE_BYTES) {
            throw new IOException("a line of " + bytes.remaining() + " bytes, of at most " + MAX_LINE_BYTES);
        }
        // So short that it fits the socket's buffer: there is nothing to wait for, and a peer that does not read is
        // left.
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                throw new IOException("the other side does not read");
            }
        }
    }

    /**
     * Makes the channel non-blocking and reads one line.
     *
     * @return null where none came in time, it was too long or no UTF-8, or the other side closed before its end
     */
    static @Nullable String readLine(SocketChannel channel, Duration timeout) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MAX_LINE_BYTES);
        channel.configureBlocking(false);
        long end = System.nanoTime() + timeout.toNanos();
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            while (bytes.hasRemaining()) {
                long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
                if (left <= 0) {
                    return null;
                }
                selector.select(left);
                selector.selectedKeys().clear();
                if (channel.read(bytes) < 0) {
                    return null;
                }
                int length = bytes.position();
                if (length > 0 && bytes.get(length - 1) == '\n') {
                    return text(bytes.flip().limit(length - 1));
                }
            }
        }
        return null;
    }

    private static @Nullable String text(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
