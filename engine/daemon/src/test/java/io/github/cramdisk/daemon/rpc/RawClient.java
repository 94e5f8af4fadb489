// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cramdisk.api.rpc.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A client that sends whatever it likes. */
final class RawClient implements AutoCloseable {
    final SocketChannel channel;
    private final BufferedReader lines;

    RawClient(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        lines = new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Null when the server has closed. */
    @Nullable
    String line() throws IOException {
        return lines.readLine();
    }

    JsonNode answer() throws IOException {
        String line = line();
        if (line == null) {
            throw new IOException("the server has closed the connection");
        }
        return Json.mapper().readTree(line);
    }

    JsonNode call(String request) throws IOException {
        send(request + "\n");
        return answer();
    }

    /** Asks something harmless: the connection is in step and the engine alive. */
    void checkInStep() throws IOException {
        JsonNode answer = call("""
                {"jsonrpc":"2.0","id":"in-step","method":"engine.status"}""");
        if (!answer.path("id").asText().equals("in-step")
                || answer.path("result").path("privateBytes").asLong() != 42) {
            throw new AssertionError("out of step: " + answer);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
