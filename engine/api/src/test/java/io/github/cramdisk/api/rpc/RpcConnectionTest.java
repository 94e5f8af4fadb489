// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RpcConnectionTest {
    private SocketPair pair;
    private RpcConnection reader;

    @BeforeEach
    void connect() throws IOException {
        pair = SocketPair.open();
        reader = new RpcConnection(pair.right());
    }

    @AfterEach
    void disconnect() throws IOException {
        pair.close();
    }

    private void send(String text) throws IOException {
        ByteBuffer bytes = UTF_8.encode(text);
        while (bytes.hasRemaining()) {
            pair.left().write(bytes);
        }
    }

    private static String text(byte @Nullable [] line) {
        return new String(Objects.requireNonNull(line), UTF_8);
    }

    @Test
    void readsLinesThatArriveTogetherOneByOne() throws IOException {
        send("one\n\nthree\n");
        assertThat(text(reader.readLine())).isEqualTo("one");
        assertThat(text(reader.readLine())).isEmpty();
        assertThat(text(reader.readLine())).isEqualTo("three");
    }

    @Test
    void readsALineThatArrivesInPieces() throws Exception {
        CompletableFuture<String> line = CompletableFuture.supplyAsync(() -> {
            try {
                return text(reader.readLine());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        for (char c : "slowly".toCharArray()) {
            send(String.valueOf(c));
        }
        send("\n");
        assertThat(line.get()).isEqualTo("slowly");
    }

    @Test
    void endsWithNullAndDropsALineCutShort() throws IOException {
        send("whole\ncut");
        pair.left().close();
        assertThat(text(reader.readLine())).isEqualTo("whole");
        assertThat(reader.readLine()).isNull();
    }

    @Test
    void passesLinesOfEveryLengthAroundTheBufferSizes() throws Exception {
        int[] lengths = {
            0, 1, 8191, 8192, 8193, 16384, 100_000, RpcConnection.MAX_LINE_BYTES - 1, RpcConnection.MAX_LINE_BYTES
        };
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            try (RpcConnection writer = new RpcConnection(pair.left())) {
                for (int length : lengths) {
                    writer.writeLine(line(length));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        for (int length : lengths) {
            assertThat(reader.readLine()).isEqualTo(line(length));
        }
        assertThat(reader.readLine()).isNull();
        writing.get();
    }

    @Test
    void refusesToReadALineOverTheCap() throws Exception {
        CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> {
            try {
                while (true) {
                    send("x".repeat(8192));
                }
            } catch (IOException expected) {
                // The reader hung up.
            }
        });
        assertThatThrownBy(() -> reader.readLine()).isInstanceOf(RpcLineTooLongException.class);
        reader.close();
        flood.get();
    }

    @Test
    void refusesToWriteALineOverTheCapAndStaysInSync() throws IOException {
        RpcConnection writer = new RpcConnection(pair.left());
        assertThatThrownBy(() -> writer.writeLine(line(RpcConnection.MAX_LINE_BYTES + 1)))
                .isInstanceOf(RpcLineTooLongException.class);
        writer.writeLine("next".getBytes(UTF_8));
        assertThat(text(reader.readLine())).isEqualTo("next");
    }

    @Test
    void linesOfSeveralWritersNeverMix() throws Exception {
        RpcConnection writer = new RpcConnection(pair.left());
        CompletableFuture<?>[] writers = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    try {
                        for (int n = 0; n < 50; n++) {
                            byte[] line = new byte[20_000];
                            Arrays.fill(line, (byte) ('a' + i));
                            writer.writeLine(line);
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }))
                .toArray(CompletableFuture[]::new);
        for (int n = 0; n < 200; n++) {
            byte[] line = Objects.requireNonNull(reader.readLine());
            assertThat(line).hasSize(20_000).containsOnly(line[0]);
        }
        CompletableFuture.allOf(writers).get();
    }

    @Test
    void detachingHandsOverExactlyTheBytesBehindTheLastLine() throws IOException {
        send("answer\nNBDMAGIC\n\0rest");
        reader.readLine();
        RawConnection raw = reader.detach();
        send("later");
        ByteBuffer bytes = ByteBuffer.allocate(64);
        bytes.put(raw.readAhead().duplicate());
        while (bytes.position() < "NBDMAGIC\n\0restlater".length()) {
            raw.channel().read(bytes);
        }
        assertThat(text(Arrays.copyOf(bytes.array(), bytes.position()))).isEqualTo("NBDMAGIC\n\0restlater");
    }

    private static byte[] line(int length) {
        byte[] line = new byte[length];
        for (int i = 0; i < length; i++) {
            line[i] = (byte) ('a' + i % 26);
        }
        return line;
    }
}
