// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request.
 *
 * @param id of the request; JSON null when the request was too broken to have one
 * @param result JSON null for methods without a result and whenever there is an error
 * @param error null when the request succeeded
 */
public record RpcResponse(
        JsonNode id, JsonNode result, @Nullable RpcError error) implements RpcMessage {

    public static RpcResponse ok(JsonNode id, JsonNode result) {
        return new RpcResponse(id, result, null);
    }

    public static RpcResponse failed(@Nullable JsonNode id, RpcError error) {
        return new RpcResponse(id == null ? NullNode.getInstance() : id, NullNode.getInstance(), error);
    }
}
