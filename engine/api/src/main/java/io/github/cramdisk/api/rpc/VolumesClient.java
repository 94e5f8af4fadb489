// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.cramdisk.api.rpc.VolumeMethods.Unmount;
import io.github.cramdisk.api.rpc.VolumeMethods.Volume;
import io.github.cramdisk.api.rpc.VolumeMethods.WithUsers;
import io.github.cramdisk.api.rpc.VolumeMethods.Zram;
import io.github.cramdisk.api.rpc.VolumeMethods.ZramUpdate;
import io.github.cramdisk.api.volume.Finding;
import io.github.cramdisk.api.volume.KernelSupport;
import io.github.cramdisk.api.volume.RamfsSpec;
import io.github.cramdisk.api.volume.TmpfsChange;
import io.github.cramdisk.api.volume.TmpfsSpec;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.api.volume.VolumeList;
import io.github.cramdisk.api.volume.Volumes;
import io.github.cramdisk.api.volume.ZramChange;
import io.github.cramdisk.api.volume.ZramDevice;
import io.github.cramdisk.api.volume.ZramInfo;
import io.github.cramdisk.api.volume.ZramSpec;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

/** The volumes of the engine at the other end of a connection. Thread-safe, as {@link EngineClient}. */
final class VolumesClient implements Volumes {
    /** How long a person may take to answer a password prompt; polkit's own agents give up before that. */
    static final Duration PROMPT = Duration.ofMinutes(10);

    private final RpcCalls calls;
    private final Duration answer;
    private final Duration action;

    VolumesClient(RpcCalls calls, EngineClient.Timeouts timeouts) {
        this.calls = calls;
        this.answer = timeouts.answer();
        this.action = timeouts.action().plus(PROMPT);
    }

    @Override
    public VolumeList list(boolean withUsers) {
        return call(VolumeMethods.LIST, new WithUsers(withUsers), answer, VolumeList.class);
    }

    @Override
    public KernelSupport kernelSupport() {
        return call(VolumeMethods.KERNEL_SUPPORT, JsonNodeFactory.instance.objectNode(), answer, KernelSupport.class);
    }

    @Override
    public List<Finding> doctor() {
        return all(VolumeMethods.DOCTOR, Finding.class);
    }

    @Override
    public VolumeInfo mountTmpfs(TmpfsSpec spec) {
        return call(VolumeMethods.TMPFS_MOUNT, spec, action, VolumeInfo.class);
    }

    @Override
    public VolumeInfo remountTmpfs(TmpfsChange change) {
        return call(VolumeMethods.TMPFS_REMOUNT, change, action, VolumeInfo.class);
    }

    @Override
    public VolumeInfo mountRamfs(RamfsSpec spec) {
        return call(VolumeMethods.RAMFS_MOUNT, spec, action, VolumeInfo.class);
    }

    @Override
    public void unmount(String target, VolumeKind kind, boolean lazily) {
        call(VolumeMethods.UNMOUNT, new Unmount(target, kind, lazily), action, JsonNode.class);
    }

    @Override
    public List<ZramInfo> listZram() {
        return all(VolumeMethods.ZRAM_LIST, ZramInfo.class);
    }

    @Override
    public ZramInfo showZram(ZramDevice device) {
        return call(VolumeMethods.ZRAM_SHOW, new Zram(device), answer, ZramInfo.class);
    }

    @Override
    public ZramInfo createZram(ZramSpec spec) {
        return call(VolumeMethods.ZRAM_CREATE, spec, action, ZramInfo.class);
    }

    @Override
    public ZramInfo updateZram(ZramDevice device, ZramChange change) {
        return call(VolumeMethods.ZRAM_UPDATE, new ZramUpdate(device, change), action, ZramInfo.class);
    }

    @Override
    public ZramInfo resetZram(ZramDevice device) {
        return call(VolumeMethods.ZRAM_RESET, new Zram(device), action, ZramInfo.class);
    }

    @Override
    public void removeZram(ZramDevice device) {
        call(VolumeMethods.ZRAM_REMOVE, new Zram(device), action, JsonNode.class);
    }

    @Override
    public VolumeInfo adopt(String targetOrDevice) {
        return call(VolumeMethods.ADOPT, new Volume(targetOrDevice), action, VolumeInfo.class);
    }

    private <T> List<T> all(String method, Class<T> type) {
        JsonNode items = call(method, JsonNodeFactory.instance.objectNode(), answer, JsonNode.class);
        return StreamSupport.stream(items.spliterator(), false)
                .map(item -> Json.fromAnswer(item, type))
                .toList();
    }

    private <T> T call(String method, Object params, Duration timeout, Class<T> type) {
        return calls.call(method, Json.tree(params), timeout, result -> Json.fromAnswer(result, type));
    }
}
