// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.rpc.Json;
import io.github.cramdisk.api.rpc.RpcFault;
import io.github.cramdisk.api.rpc.RpcRequest;
import io.github.cramdisk.api.rpc.VolumeMethods;
import io.github.cramdisk.api.rpc.VolumeMethods.Unmount;
import io.github.cramdisk.api.rpc.VolumeMethods.Volume;
import io.github.cramdisk.api.rpc.VolumeMethods.WithUsers;
import io.github.cramdisk.api.rpc.VolumeMethods.Zram;
import io.github.cramdisk.api.rpc.VolumeMethods.ZramUpdate;
import io.github.cramdisk.api.volume.RamfsSpec;
import io.github.cramdisk.api.volume.TmpfsChange;
import io.github.cramdisk.api.volume.TmpfsSpec;
import io.github.cramdisk.api.volume.Volumes;
import io.github.cramdisk.api.volume.ZramDevice;
import io.github.cramdisk.api.volume.ZramSpec;
import java.util.Set;

/** From the name of a method for volumes and its parameters to the use case and back. Thread-safe, without state. */
final class VolumeDispatcher {
    /** What changes something may wait for a person's password. */
    private static final Set<String> LONG = Set.of(
            VolumeMethods.TMPFS_MOUNT,
            VolumeMethods.TMPFS_REMOUNT,
            VolumeMethods.RAMFS_MOUNT,
            VolumeMethods.UNMOUNT,
            VolumeMethods.ZRAM_CREATE,
            VolumeMethods.ZRAM_UPDATE,
            VolumeMethods.ZRAM_RESET,
            VolumeMethods.ZRAM_REMOVE);

    private final EngineCalls engine;
    private final ConfigurationDispatcher configuration;

    VolumeDispatcher(EngineCalls engine) {
        this.engine = engine;
        this.configuration = new ConfigurationDispatcher(engine);
    }

    static boolean mayTakeLong(String method) {
        return LONG.contains(method);
    }

    /**
     * @throws RpcFault when the method is not known or the parameters do not fit it
     * @throws CramdiskException when the use case refuses or fails
     */
    Reply dispatch(RpcRequest request) throws RpcFault {
        JsonNode params = request.params();
        return switch (request.method()) {
            case VolumeMethods.LIST ->
                answer(volumes().list(Json.fromParams(params, WithUsers.class).users()));
            case VolumeMethods.KERNEL_SUPPORT -> answer(volumes().kernelSupport());
            case VolumeMethods.DOCTOR -> answer(volumes().doctor());
            case VolumeMethods.ADOPT ->
                answer(volumes().adopt(Json.fromParams(params, Volume.class).volume()));
            case VolumeMethods.TMPFS_MOUNT -> answer(volumes().mountTmpfs(Json.fromParams(params, TmpfsSpec.class)));
            case VolumeMethods.TMPFS_REMOUNT ->
                answer(volumes().remountTmpfs(Json.fromParams(params, TmpfsChange.class)));
            case VolumeMethods.RAMFS_MOUNT -> answer(volumes().mountRamfs(Json.fromParams(params, RamfsSpec.class)));
            case VolumeMethods.UNMOUNT -> {
                Unmount unmount = Json.fromParams(params, Unmount.class);
                volumes().unmount(unmount.target(), unmount.kind(), unmount.lazily());
                yield Reply.of(NullNode.getInstance());
            }
            case VolumeMethods.ZRAM_LIST -> answer(volumes().listZram());
            case VolumeMethods.ZRAM_SHOW -> answer(volumes().showZram(device(params)));
            case VolumeMethods.ZRAM_CREATE -> answer(volumes().createZram(Json.fromParams(params, ZramSpec.class)));
            case VolumeMethods.ZRAM_UPDATE -> {
                ZramUpdate update = Json.fromParams(params, ZramUpdate.class);
                yield answer(volumes().updateZram(update.device(), update.change()));
            }
            case VolumeMethods.ZRAM_RESET -> answer(volumes().resetZram(device(params)));
            case VolumeMethods.ZRAM_REMOVE -> {
                volumes().removeZram(device(params));
                yield Reply.of(NullNode.getInstance());
            }
            default -> configuration.dispatch(request);
        };
    }

    private Volumes volumes() {
        return engine.volumes();
    }

    private static ZramDevice device(JsonNode params) throws RpcFault {
        return Json.fromParams(params, Zram.class).device();
    }

    private static Reply answer(Object result) {
        return Reply.of(Json.tree(result));
    }
}
