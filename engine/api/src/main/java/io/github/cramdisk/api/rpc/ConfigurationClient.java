// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.rpc;

import io.github.cramdisk.api.config.ConfigApplied;
import io.github.cramdisk.api.config.ConfigDiff;
import io.github.cramdisk.api.config.ConfigExport;
import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.ConfigImport;
import io.github.cramdisk.api.config.ConfigRequest;
import io.github.cramdisk.api.config.ConfigSource;
import io.github.cramdisk.api.config.Configuration;
import java.time.Duration;

/** The configuration that the engine at the other end of a connection makes. Thread-safe, as {@link EngineClient}. */
final class ConfigurationClient implements Configuration {
    private final RpcCalls calls;
    private final Duration answer;
    private final Duration action;

    ConfigurationClient(RpcCalls calls, EngineClient.Timeouts timeouts) {
        this.calls = calls;
        this.answer = timeouts.answer();
        this.action = timeouts.action().plus(VolumesClient.PROMPT);
    }

    @Override
    public ConfigExport export(ConfigRequest request) {
        return call(ConfigurationMethods.EXPORT, request, answer, ConfigExport.class);
    }

    @Override
    public ConfigDiff diff(ConfigRequest request) {
        return call(ConfigurationMethods.DIFF, request, answer, ConfigDiff.class);
    }

    @Override
    public ConfigImport read(ConfigSource source) {
        return call(ConfigurationMethods.READ, new ConfigurationMethods.Source(source), answer, ConfigImport.class);
    }

    @Override
    public ConfigApplied apply(ConfigRequest request) {
        return call(ConfigurationMethods.APPLY, request, action, ConfigApplied.class);
    }

    @Override
    public ConfigApplied revert(ConfigFormat format) {
        return call(ConfigurationMethods.REVERT, new ConfigurationMethods.Format(format), action, ConfigApplied.class);
    }

    private <T> T call(String method, Object params, Duration timeout, Class<T> type) {
        return calls.call(method, Json.tree(params), timeout, result -> Json.fromAnswer(result, type));
    }
}
