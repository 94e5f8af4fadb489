// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.rpc;

import io.github.cramdisk.api.insight.CodecReport;
import io.github.cramdisk.api.insight.DiskMap;
import io.github.cramdisk.api.insight.Insight;
import io.github.cramdisk.api.insight.VolumeHistory;
import io.github.cramdisk.api.rpc.InsightMethods.Past;
import io.github.cramdisk.api.rpc.RpcMethods.DiskName;
import java.time.Duration;

/** The insight of the engine at the other end of a connection. Thread-safe, as {@link EngineClient}. */
final class InsightClient implements Insight {
    private final RpcCalls calls;
    private final Duration answer;

    InsightClient(RpcCalls calls, EngineClient.Timeouts timeouts) {
        this.calls = calls;
        this.answer = timeouts.answer();
    }

    @Override
    public VolumeHistory history(String volume, Duration span) {
        return query(InsightMethods.HISTORY, new Past(volume, span.toSeconds()), VolumeHistory.class);
    }

    @Override
    public DiskMap diskMap(DiskMap.Query query) {
        return query(InsightMethods.MAP, query, DiskMap.class);
    }

    @Override
    public CodecReport codecs(String name) {
        return query(InsightMethods.CODECS, new DiskName(name), CodecReport.class);
    }

    private <T> T query(String method, Object params, Class<T> type) {
        return calls.call(method, Json.tree(params), answer, result -> Json.fromAnswer(result, type));
    }
}
