// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.config.ConfigRequest;
import io.github.cramdisk.api.rpc.ConfigurationMethods;
import io.github.cramdisk.api.rpc.Json;
import io.github.cramdisk.api.rpc.RpcError;
import io.github.cramdisk.api.rpc.RpcFault;
import io.github.cramdisk.api.rpc.RpcRequest;

/** From the name of a method for configuration and its parameters to the use case and back. Thread-safe, without state. */
final class ConfigurationDispatcher {
    private final EngineCalls engine;

    ConfigurationDispatcher(EngineCalls engine) {
        this.engine = engine;
    }

    /**
     * @throws RpcFault when the method is not known or the parameters do not fit it
     * @throws CramdiskException when the use case refuses or fails
     */
    Reply dispatch(RpcRequest request) throws RpcFault {
        JsonNode params = request.params();
        Object result = switch (request.method()) {
            case ConfigurationMethods.EXPORT ->
                engine.configuration().export(Json.fromParams(params, ConfigRequest.class));
            case ConfigurationMethods.DIFF -> engine.configuration().diff(Json.fromParams(params, ConfigRequest.class));
            case ConfigurationMethods.READ ->
                engine.configuration()
                        .read(Json.fromParams(params, ConfigurationMethods.Source.class)
                                .source());
            case ConfigurationMethods.APPLY ->
                engine.configuration().apply(Json.fromParams(params, ConfigRequest.class));
            case ConfigurationMethods.REVERT ->
                engine.configuration()
                        .revert(Json.fromParams(params, ConfigurationMethods.Format.class)
                                .format());
            default -> throw new RpcFault(RpcError.METHOD_NOT_FOUND, "no such method: " + request.method(), null);
        };
        return Reply.of(Json.tree(result));
    }
}
