// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.insight.DiskMap;
import io.github.cramdisk.api.rpc.InsightMethods;
import io.github.cramdisk.api.rpc.Json;
import io.github.cramdisk.api.rpc.RpcFault;
import io.github.cramdisk.api.rpc.RpcMethods;
import io.github.cramdisk.api.rpc.RpcMethods.Directory;
import io.github.cramdisk.api.rpc.RpcMethods.DiskAttach;
import io.github.cramdisk.api.rpc.RpcMethods.DiskChange;
import io.github.cramdisk.api.rpc.RpcMethods.DiskForce;
import io.github.cramdisk.api.rpc.RpcMethods.DiskName;
import io.github.cramdisk.api.rpc.RpcMethods.DiskSize;
import io.github.cramdisk.api.rpc.RpcMethods.EventsAfter;
import io.github.cramdisk.api.rpc.RpcMethods.JobId;
import io.github.cramdisk.api.rpc.RpcMethods.Rate;
import io.github.cramdisk.api.rpc.RpcMethods.Released;
import io.github.cramdisk.api.rpc.RpcMethods.SubscriptionId;
import io.github.cramdisk.api.rpc.RpcRequest;
import io.github.cramdisk.daemon.rpc.Reply.HandOver;
import io.github.cramdisk.daemon.rpc.Reply.Then;
import java.util.Set;

/** From the name of a method and its parameters to the use case and back. Thread-safe, without state. */
final class RequestDispatcher {
    private static final Set<String> LONG = Set.of(
            RpcMethods.DISK_ATTACH,
            RpcMethods.DISK_DETACH,
            RpcMethods.DISK_RESIZE,
            RpcMethods.DISK_SQUEEZE,
            RpcMethods.COMPARE,
            RpcMethods.DISK_TRIM);

    private final EngineCalls engine;
    private final VolumeDispatcher volumes;

    RequestDispatcher(EngineCalls engine) {
        this.engine = engine;
        this.volumes = new VolumeDispatcher(engine);
    }

    /** Whether a request may take longer than others should wait: as long as a disk is large, or as a person thinks. */
    static boolean mayTakeLong(String method) {
        return LONG.contains(method) || VolumeDispatcher.mayTakeLong(method);
    }

    /**
     * @throws RpcFault when the method is not known or the parameters do not fit it
     * @throws CramdiskException when the use case refuses or fails
     */
    Reply dispatch(RpcRequest request, Subscriptions subscriptions) throws RpcFault {
        JsonNode params = request.params();
        return switch (request.method()) {
            case RpcMethods.ENGINE_STATUS -> answer(engine.status());
            case RpcMethods.ENGINE_STOP -> new Reply(NullNode.getInstance(), new Then(engine::stop));
            case RpcMethods.ENGINE_EVENTS ->
                answer(engine.events(Json.fromParams(params, EventsAfter.class).afterId()));
            case RpcMethods.MACHINE_MEMORY -> answer(engine.memory());
            case RpcMethods.DISK_LIST -> answer(engine.listDisks());
            case RpcMethods.DISK_CREATE -> answer(engine.createDisk(Json.fromParams(params, DiskSpec.class)));
            case RpcMethods.DISK_SHOW -> answer(engine.showDisk(name(params)));
            case RpcMethods.DISK_STATS -> answer(engine.diskStats(name(params)));
            case RpcMethods.DISK_UPDATE -> {
                DiskChange change = Json.fromParams(params, DiskChange.class);
                yield answer(engine.updateDisk(change.name(), change.update()));
            }
            case RpcMethods.DISK_RESIZE -> {
                DiskSize change = Json.fromParams(params, DiskSize.class);
                yield answer(engine.resizeDisk(change.name(), change.size()));
            }
            case RpcMethods.DISK_TRIM ->
                answer(new Released(engine.trimDisk(name(params)).bytes()));
            case RpcMethods.DISK_ATTACH -> {
                DiskAttach attach = Json.fromParams(params, DiskAttach.class);
                yield answer(engine.attachDisk(attach.name(), attach.spec()));
            }
            case RpcMethods.DISK_DETACH -> answer(engine.detachDisk(name(params)));
            case RpcMethods.DISK_SQUEEZE ->
                answer(new Released(engine.squeezeDisk(name(params)).bytes()));
            case RpcMethods.COMPARE ->
                answer(engine.compare(Json.fromParams(params, Directory.class).directory()));
            case RpcMethods.DISK_RESET -> {
                DiskForce disk = Json.fromParams(params, DiskForce.class);
                yield answer(engine.resetDisk(disk.name(), disk.force()));
            }
            case RpcMethods.DISK_REMOVE -> {
                DiskForce disk = Json.fromParams(params, DiskForce.class);
                engine.removeDisk(disk.name(), disk.force());
                yield Reply.of(NullNode.getInstance());
            }
            case RpcMethods.DISK_SERVE ->
                new Reply(NullNode.getInstance(), new HandOver(engine.serveDisk(name(params))));
            case RpcMethods.JOB_LIST -> answer(engine.jobs());
            case RpcMethods.JOB_CANCEL -> {
                engine.cancelJob(Json.fromParams(params, JobId.class).job());
                yield Reply.of(NullNode.getInstance());
            }
            case RpcMethods.STATS_SUBSCRIBE -> {
                SnapshotPublisher.Subscriber subscriber =
                        subscriptions.add(Json.fromParams(params, Rate.class).hertz());
                yield new Reply(Json.tree(new SubscriptionId(subscriber.id())), new Then(subscriber::start));
            }
            case RpcMethods.STATS_UNSUBSCRIBE -> {
                subscriptions.remove(
                        Json.fromParams(params, SubscriptionId.class).subscription());
                yield Reply.of(NullNode.getInstance());
            }
            case InsightMethods.HISTORY -> {
                InsightMethods.Past past = Json.fromParams(params, InsightMethods.Past.class);
                yield answer(engine.insight().history(past.volume(), past.span()));
            }
            case InsightMethods.MAP -> answer(engine.insight().diskMap(Json.fromParams(params, DiskMap.Query.class)));
            case InsightMethods.CODECS -> answer(engine.insight().codecs(name(params)));
            default -> volumes.dispatch(request);
        };
    }

    private static String name(JsonNode params) throws RpcFault {
        return Json.fromParams(params, DiskName.class).name();
    }

    private static Reply answer(Object result) {
        return Reply.of(Json.tree(result));
    }
}
