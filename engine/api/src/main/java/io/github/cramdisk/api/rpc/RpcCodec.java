// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Messages of JSON-RPC 2.0 to and from the bytes of one line, line end apart. Batches (arrays) are refused: a client
 * may write many lines without waiting instead.
 */
public final class RpcCodec {
    private static final String VERSION = "2.0";
    private static final String ID = "id";

    private RpcCodec() {}

    public static byte[] encode(RpcMessage message) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("jsonrpc", VERSION);
        if (message instanceof RpcRequest request) {
            if (request.id() != null) {
                node.set(ID, request.id());
            }
            node.put("method", request.method()).set("params", request.params());
        } else if (message instanceof RpcResponse response) {
            node.set(ID, response.id());
            if (response.error() == null) {
                node.set("result", response.result());
            } else {
                node.set("error", Json.tree(response.error()));
            }
        }
        try {
            return Json.mapper().writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new CramdiskException(ErrorKind.INTERNAL, e, "a message cannot be written as JSON");
        }
    }

    /**
     * @throws RpcFault {@link RpcError#PARSE_ERROR} when the line is not JSON, {@link RpcError#INVALID_REQUEST} when it
     *     is no message of JSON-RPC 2.0
     */
    public static RpcMessage decode(byte[] line) throws RpcFault {
        JsonNode node;
        try {
            node = Json.mapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new RpcFault(RpcError.PARSE_ERROR, "not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            // Jackson reports malformed UTF-8 so.
            throw new RpcFault(RpcError.PARSE_ERROR, "not UTF-8: " + e.getMessage(), e);
        }
        if (node.isMissingNode()) {
            throw new RpcFault(RpcError.PARSE_ERROR, "an empty line", null);
        }
        if (!node.isObject() || !VERSION.equals(node.path("jsonrpc").textValue())) {
            throw new RpcFault(RpcError.INVALID_REQUEST, "not a message of JSON-RPC 2.0", null);
        }
        return node.has("method") ? request(node) : response(node);
    }

    private static RpcRequest request(JsonNode node) throws RpcFault {
        String method = node.path("method").textValue();
        JsonNode id = node.get(ID);
        JsonNode params = node.path("params");
        boolean idFits = id == null || id.isNull() || id.isTextual() || id.isIntegralNumber();
        boolean paramsFit = params.isMissingNode() || params.isNull() || params.isObject();
        if (method == null || !idFits) {
            throw new RpcFault(RpcError.INVALID_REQUEST, "a request needs a method and a plain id", null);
        }
        if (!paramsFit) {
            throw new RpcFault(RpcError.INVALID_REQUEST, "parameters must be named, in an object", null);
        }
        return new RpcRequest(
                id == null || id.isNull() ? null : id,
                method,
                params.isObject() ? params : JsonNodeFactory.instance.objectNode());
    }

    private static RpcResponse response(JsonNode node) throws RpcFault {
        JsonNode id = orNull(node.get(ID));
        JsonNode error = node.get("error");
        if (error != null && !error.isNull()) {
            try {
                return RpcResponse.failed(id, Json.mapper().treeToValue(error, RpcError.class));
            } catch (JsonProcessingException e) {
                throw new RpcFault(RpcError.INVALID_REQUEST, "not an error object", e);
            }
        }
        if (!node.has("result")) {
            throw new RpcFault(RpcError.INVALID_REQUEST, "neither request nor response", null);
        }
        return RpcResponse.ok(id, orNull(node.get("result")));
    }

    private static JsonNode orNull(@Nullable JsonNode node) {
        return node == null ? NullNode.getInstance() : node;
    }
}
