// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import org.jspecify.annotations.Nullable;

/**
 * A request, or a notification when it has no id.
 *
 * @param id a number or a text, to be returned with the response as it is; null for a notification, which is never
 *     answered
 * @param params an object; empty where the method takes none
 */
public record RpcRequest(@Nullable JsonNode id, String method, JsonNode params) implements RpcMessage {

    public static RpcRequest of(long id, String method, JsonNode params) {
        return new RpcRequest(LongNode.valueOf(id), method, params);
    }

    public static RpcRequest notification(String method, JsonNode params) {
        return new RpcRequest(null, method, params);
    }
}
