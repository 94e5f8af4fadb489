// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RpcCodecTest {
    static List<RpcMessage> messages() {
        return List.of(
                RpcRequest.of(7, "disk.show", Json.tree(new RpcMethods.DiskName("t"))),
                new RpcRequest(TextNode.valueOf("a"), "m", Json.mapper().createObjectNode()),
                RpcRequest.notification("stats.snapshot", Json.mapper().createObjectNode()),
                RpcResponse.ok(LongNode.valueOf(7), Json.tree(null)),
                RpcResponse.ok(LongNode.valueOf(7), Json.tree(List.of(1))),
                RpcResponse.failed(null, new RpcError(RpcError.PARSE_ERROR, "x", null)),
                RpcResponse.failed(
                        LongNode.valueOf(1), RpcError.of(new CramdiskException(ErrorKind.NO_SUCH_DISK, "t"))));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void everyMessageComesBackAsItWas(RpcMessage message) throws RpcFault {
        byte[] line = RpcCodec.encode(message);
        assertThat(new String(line, UTF_8)).doesNotContain("\n").contains("\"jsonrpc\":\"2.0\"");
        // Trees compare by number type too, so compare what is written.
        assertThat(RpcCodec.encode(RpcCodec.decode(line))).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "hello", "{\"a\":1}}", "{\"jsonrpc\":\"2.0\",}", "nul"})
    void whatIsNotJsonIsAParseError(String line) {
        assertFault(RpcError.PARSE_ERROR, line.getBytes(UTF_8));
    }

    @Test
    void malformedUtf8IsAParseError() {
        assertFault(RpcError.PARSE_ERROR, new byte[] {'"', (byte) 0xC3, (byte) 0x28, '"'});
    }

    @Test
    void deepNestingIsAParseErrorNotAStackOverflow() {
        assertFault(RpcError.PARSE_ERROR, "[".repeat(500_000).getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "1",
                "null",
                "{}",
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"}]",
                "{\"id\":1,\"method\":\"m\"}",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"m\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":5}",
                "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"m\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"m\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":[1]}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":\"x\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":1}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":\"x\"}",
            })
    void whatIsNoMessageIsAnInvalidRequest(String line) {
        assertFault(RpcError.INVALID_REQUEST, line.getBytes(UTF_8));
    }

    @Test
    void errorsKeepKindArgumentsAndSentenceAcrossTheWire() {
        CramdiskException original = new CramdiskException(ErrorKind.DISK_IN_USE, "t", 3);
        CramdiskException arrived = RpcError.of(original).toException();
        assertThat(arrived.kind()).isEqualTo(ErrorKind.DISK_IN_USE);
        assertThat(arrived.arguments()).containsExactly("t", "3");
        assertThat(arrived).hasMessage(original.getMessage());
    }

    @Test
    void aKindThatOnlyANewerEngineKnowsStillTellsItsMessage() {
        CramdiskException arrived =
                new RpcError(RpcError.FAILED, "The moon is full.", new RpcError.Data("MOON", List.of())).toException();
        assertThat(arrived.kind()).isEqualTo(ErrorKind.INTERNAL);
        assertThat(arrived).hasMessageContaining("The moon is full.");
    }

    private static void assertFault(int code, byte[] line) {
        assertThatThrownBy(() -> RpcCodec.decode(line))
                .isInstanceOfSatisfying(
                        RpcFault.class, e -> assertThat(e.toError().code()).isEqualTo(code));
    }
}
