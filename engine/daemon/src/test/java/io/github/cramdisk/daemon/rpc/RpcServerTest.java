// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cramdisk.api.rpc.RpcConnection;
import io.github.cramdisk.api.rpc.RpcError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RpcServerTest {
    @TempDir
    Path directory;

    private final FakeEngine engine = new FakeEngine();
    private Path socket;
    private RpcServer server;
    private final List<RawClient> clients = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        socket = directory.resolve("engine.sock");
        server = RpcServer.start(socket, engine);
    }

    @AfterEach
    void stop() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
        server.close();
        server.closeConnections();
        await().until(() -> server.connectionCount() == 0);
        assertThat(socket).doesNotExist();
    }

    private RawClient client() throws IOException {
        RawClient client = new RawClient(socket);
        clients.add(client);
        return client;
    }

    @Test
    void letsOnlyItsOwnerConnectAndReplacesAStaleSocket() throws IOException {
        assertThat(mode(socket)).isEqualTo("rw-------");
        server.close();
        Files.writeString(socket, "left by a dead engine");
        server = RpcServer.start(socket, engine);

        client().checkInStep();
        assertThat(mode(socket)).isEqualTo("rw-------");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {                                                                           | -32700
                    {"jsonrpc":"2.0","id":1,"method":"engine.status"} x                         | -32700
                    hello                                                                       | -32700
                    null                                                                        | -32600
                    []                                                                          | -32600
                    {"jsonrpc":"1.0","id":1,"method":"engine.status"}                           | -32600
                    {"jsonrpc":"2.0","id":1}                                                    | -32600
                    {"jsonrpc":"2.0","id":1,"result":null}                                      | -32600
                    {"jsonrpc":"2.0","id":1,"method":7}                                         | -32600
                    {"jsonrpc":"2.0","id":{},"method":"engine.status"}                          | -32600
                    {"jsonrpc":"2.0","id":1,"method":"engine.status","params":[1]}              | -32600
                    {"jsonrpc":"2.0","id":1,"method":"engine.explode"}                          | -32601
                    {"jsonrpc":"2.0","id":1,"method":""}                                        | -32601
                    {"jsonrpc":"2.0","id":1,"method":"disk.create"}                             | -32602
                    {"jsonrpc":"2.0","id":1,"method":"disk.create","params":{"name":"a"}}       | -32602
                    {"jsonrpc":"2.0","id":1,"method":"disk.create","params":{"name":"a","size":"x"}} | -32602
                    {"jsonrpc":"2.0","id":1,"method":"disk.show","params":{"name":["a"]}}       | -32602
                    {"jsonrpc":"2.0","id":1,"method":"disk.remove","params":{"name":"a","force":"yes"}} | -32602
                    {"jsonrpc":"2.0","id":1,"method":"disk.update","params":{"name":"a"}}       | -32602
                    {"jsonrpc":"2.0","id":1,"method":"stats.subscribe","params":{"hertz":"5"}}  | -32602
                    {"jsonrpc":"2.0","id":1,"method":"stats.subscribe","params":{"hertz":11}}   | -32000
                    {"jsonrpc":"2.0","id":1,"method":"stats.subscribe","params":{"hertz":0}}    | -32000
                    {"jsonrpc":"2.0","id":1,"method":"stats.unsubscribe","params":{"subscription":9}} | -32000
                    {"jsonrpc":"2.0","id":1,"method":"disk.create","params":{"name":"../a","size":4096}} | -32000
                    {"jsonrpc":"2.0","id":1,"method":"disk.create","params":{"name":"a","size":-1}} | -32000
                    {"jsonrpc":"2.0","id":1,"method":"disk.create","params":{"name":"a","size":4097}} | -32000
                    {"jsonrpc":"2.0","id":1,"method":"disk.show","params":{"name":"a"}}         | -32000
                    """)
    void answersAWrongRequestWithTheRightErrorAndStaysInStep(String request, int code) throws IOException {
        RawClient client = client();
        JsonNode answer = client.call(request);

        assertThat(answer.path("error").path("code").asInt()).as("%s", answer).isEqualTo(code);
        assertThat(answer.has("result")).isFalse();
        client.checkInStep();
    }

    @Test
    void namesTheKindAndTheArgumentsOfARefusal() throws IOException {
        JsonNode answer = client().call("""
                {"jsonrpc":"2.0","id":"x","method":"disk.reset","params":{"name":"a"}}""");

        assertThat(answer.path("id").textValue()).isEqualTo("x");
        assertThat(answer.path("error").path("data").toString())
                .isEqualTo("{\"kind\":\"DISK_IN_USE\",\"arguments\":[\"a\",\"2\"]}");
    }

    @Test
    void survivesADefectOfAUseCase() throws IOException {
        RawClient client = client();
        JsonNode answer = client.call("""
                {"jsonrpc":"2.0","id":1,"method":"disk.show","params":{"name":"defect"}}""");

        assertThat(answer.path("error").path("data").path("kind").textValue()).isEqualTo("INTERNAL");
        client.checkInStep();
    }

    @Test
    void doesNotAnswerNotifications() throws IOException {
        RawClient client = client();
        client.send("""
                {"jsonrpc":"2.0","method":"engine.explode"}
                {"jsonrpc":"2.0","method":"disk.serve","params":{"name":"a"}}
                """);

        client.checkInStep();
    }

    @Test
    void answersRequestsInOrderHoweverTheyAreCutIntoPieces() throws IOException {
        RawClient client = client();
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            many.append("{\"jsonrpc\":\"2.0\",\"id\":").append(i).append(",\"method\":\"disk.list\"}\n");
        }
        byte[] bytes = many.toString().getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length; from += 37) {
            client.send(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + 37)));
        }
        for (int i = 0; i < 100; i++) {
            assertThat(client.answer().path("id").asInt()).isEqualTo(i);
        }
    }

    @Test
    void answersOthersWhileLongWorkIsUnderWay() throws IOException {
        CountDownLatch finish = new CountDownLatch(1);
        engine.beforeTrim = finish;
        RawClient client = client();
        for (int i = 0; i <= ClientConnection.MOST_APART; i++) {
            String method = i == ClientConnection.MOST_APART ? "job.list" : "disk.trim";
            client.send(("{\"jsonrpc\":\"2.0\",\"id\":" + i + ",\"method\":\"" + method
                            + "\",\"params\":{\"name\":\"t\"}}\n")
                    .getBytes(StandardCharsets.UTF_8));
        }

        assertThat(client.answer().path("id").asInt()).isEqualTo(ClientConnection.MOST_APART);
        finish.countDown();
        for (int i = 0; i < ClientConnection.MOST_APART; i++) {
            assertThat(client.answer().path("result").path("releasedBytes").asLong())
                    .isEqualTo(4096);
        }
    }

    @Test
    void refusesAnOversizedLineAndCloses() throws Exception {
        RawClient client = client();
        // The server takes all of it, or the error would be lost in a reset connection.
        FutureTask<Void> sent = new FutureTask<>(() -> {
            client.send(new byte[2 * RpcConnection.MAX_LINE_BYTES]);
            return null;
        });
        new Thread(sent).start();

        JsonNode answer = client.answer();
        assertThat(answer.path("error").path("code").asInt()).isEqualTo(RpcError.INVALID_REQUEST);
        assertThat(client.line()).isNull();
        assertThat(sent.get()).isNull();
        client().checkInStep();
    }

    @Test
    void takesALongRequestUpToItsLimit() throws IOException {
        RawClient client = client();
        String request = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"disk.list\"}";

        assertThat(client.call(request + " ".repeat(RpcServer.MAX_REQUEST_BYTES - request.length()))
                        .has("result"))
                .isTrue();
        client.checkInStep();
        assertThat(client.call(request + " ".repeat(RpcServer.MAX_REQUEST_BYTES - request.length() + 1))
                        .path("error")
                        .path("code")
                        .asInt())
                .isEqualTo(RpcError.INVALID_REQUEST);
    }

    @Test
    void refusesJsonThatIsNestedTooDeeply() throws IOException {
        RawClient client = client();
        JsonNode answer = client.call("[".repeat(50_000));

        assertThat(answer.path("error").path("code").asInt()).isEqualTo(RpcError.PARSE_ERROR);
        client.checkInStep();
    }

    @Test
    void survivesClientsThatLeaveAtAnyMoment() throws IOException {
        byte[] request =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"engine.status\"}\n".getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length <= request.length; length += 3) {
            try (RawClient client = new RawClient(socket)) {
                client.send(Arrays.copyOf(request, length));
            }
        }
        client().checkInStep();
        await().until(() -> server.connectionCount() == 1);
    }

    @Test
    void survivesRandomBytes() throws IOException {
        long seed = System.nanoTime();
        System.out.println("survivesRandomBytes: seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            byte[] bytes = new byte[random.nextInt(2000)];
            random.nextBytes(bytes);
            try (RawClient client = new RawClient(socket)) {
                client.send(bytes);
            }
        }
        client().checkInStep();
    }

    @Test
    void refusesTheSixtyFifthConnectionAndServesItOnceAnotherLeft() throws IOException {
        for (int i = 0; i < RpcServer.MAX_CONNECTIONS; i++) {
            client().checkInStep();
        }
        try (RawClient refused = new RawClient(socket)) {
            assertThat(refused.answer().path("error").path("data").path("kind").textValue())
                    .isEqualTo("ENGINE_UNAVAILABLE");
            assertThat(refused.line()).isNull();
        }
        clients.remove(0).close();
        await().until(() -> server.connectionCount() < RpcServer.MAX_CONNECTIONS);
        client().checkInStep();
    }

    @Test
    void aClientThatNeverReadsHurtsNobodyElse() throws IOException {
        RawClient deaf = client();
        Thread flood = new Thread(() -> {
            byte[] request =
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"machine.memory\"}\n".getBytes(StandardCharsets.UTF_8);
            try {
                while (true) {
                    deaf.send(request);
                }
            } catch (IOException e) {
                // Expected: the test closes the channel at its end.
                assertThat(deaf.channel.isOpen()).isFalse();
            }
        });
        flood.setDaemon(true);
        flood.start();
        for (int i = 0; i < 20; i++) {
            client().checkInStep();
        }
    }

    @Test
    void becomesASessionAfterTheAnswerToServe() throws IOException {
        RawClient client = client();
        JsonNode answer = client.call("""
                {"jsonrpc":"2.0","id":1,"method":"disk.serve","params":{"name":"a"}}""");

        assertThat(answer.has("result")).isTrue();
        assertThat(client.line()).isEqualTo(FakeEngine.GREETING.strip());
        client.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"engine.status\"}\n");
        assertThat(client.line()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"engine.status\"}");
        await().until(() -> server.connectionCount() == 0);
    }

    @Test
    void hangsUpOnAClientThatDoesNotWaitForTheSession() throws IOException {
        RawClient client = client();
        client.send("""
                {"jsonrpc":"2.0","id":1,"method":"disk.serve","params":{"name":"a"}}
                too early
                """);

        assertThat(client.answer().has("result")).isTrue();
        assertThat(client.line()).isNull();
    }

    @Test
    void answersBeforeItStops() throws IOException, InterruptedException {
        RawClient client = client();
        JsonNode answer = client.call("""
                {"jsonrpc":"2.0","id":1,"method":"engine.stop"}""");

        assertThat(answer.path("result").isNull()).isTrue();
        assertThat(engine.stopAsked.await(5, TimeUnit.SECONDS)).isTrue();
        server.close();
        client.checkInStep();
        server.closeConnections();
        assertThat(client.line()).isNull();
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
