// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.Warning;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.Finding;
import io.github.cramdisk.api.volume.KernelSupport;
import io.github.cramdisk.api.volume.RamfsSpec;
import io.github.cramdisk.api.volume.SizeLimit;
import io.github.cramdisk.api.volume.TmpfsChange;
import io.github.cramdisk.api.volume.TmpfsSpec;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.api.volume.VolumeList;
import io.github.cramdisk.api.volume.VolumeUser;
import io.github.cramdisk.api.volume.Volumes;
import io.github.cramdisk.api.volume.ZramChange;
import io.github.cramdisk.api.volume.ZramDevice;
import io.github.cramdisk.api.volume.ZramInfo;
import io.github.cramdisk.api.volume.ZramSpec;
import io.github.cramdisk.api.volume.ZramStats;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Volumes in memory that remember what they were asked. */
final class FakeVolumes implements Volumes {
    private static final long RAM = 8L << 30;

    final List<Object> asked = new ArrayList<>();
    final List<VolumeInfo> volumes = new ArrayList<>();
    final List<ZramInfo> zrams = new ArrayList<>();
    final List<Warning> warnings = new ArrayList<>();
    final List<Finding> findings = new ArrayList<>();

    @Nullable
    CramdiskException refusal;

    private void ask(Object what) {
        if (refusal != null) {
            throw refusal;
        }
        asked.add(what);
    }

    static VolumeInfo volume(VolumeKind kind, String target, @Nullable Long size, long used) {
        return new VolumeInfo(
                kind,
                null,
                target,
                null,
                size,
                used,
                false,
                used,
                null,
                true,
                "root",
                List.of("rw"),
                List.of(new VolumeUser(7, "cat", target + "/f")));
    }

    static ZramInfo zram(int number, String use, long stored) {
        return new ZramInfo(
                "/dev/zram" + number,
                1L << 30,
                "lz4",
                List.of("lzo", "lz4"),
                List.of("zstd"),
                null,
                use,
                use.equals("filesystem") ? "/mnt/z" : null,
                use.equals("filesystem") ? "ext4" : null,
                null,
                use.equals("swap") ? 100 : null,
                null,
                null,
                true,
                new ZramStats(stored, stored / 2, stored / 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                List.of());
    }

    @Override
    public VolumeList list(boolean withUsers) {
        return new VolumeList(volumes, warnings);
    }

    @Override
    public KernelSupport kernelSupport() {
        return new KernelSupport("6.18", new TreeSet<>(), List.of(), List.of(), List.of());
    }

    @Override
    public List<Finding> doctor() {
        return findings;
    }

    private static @Nullable Long bytes(@Nullable SizeLimit size) {
        long bytes = size == null ? RAM / 2 : size.kernelBytes(RAM);
        return bytes == 0 ? null : bytes;
    }

    @Override
    public VolumeInfo mountTmpfs(TmpfsSpec spec) {
        ask(spec);
        return volume(VolumeKind.TMPFS, spec.target(), bytes(spec.size()), 0);
    }

    @Override
    public VolumeInfo remountTmpfs(TmpfsChange change) {
        ask(change);
        return volume(VolumeKind.TMPFS, change.target(), bytes(change.size()), 0);
    }

    @Override
    public VolumeInfo mountRamfs(RamfsSpec spec) {
        ask(spec);
        return volume(VolumeKind.RAMFS, spec.target(), null, 0);
    }

    @Override
    public void unmount(String target, VolumeKind kind, boolean lazily) {
        ask(kind.text() + " " + target + (lazily ? " lazily" : ""));
    }

    @Override
    public List<ZramInfo> listZram() {
        return zrams;
    }

    @Override
    public ZramInfo showZram(ZramDevice device) {
        return zrams.stream()
                .filter(zram -> zram.device().equals(device.toString()))
                .findFirst()
                .orElseThrow(() -> new CramdiskException(ErrorKind.NO_SUCH_VOLUME, "zram device", device));
    }

    @Override
    public ZramInfo createZram(ZramSpec spec) {
        ask(spec);
        return zram(
                0,
                spec.use() instanceof DeviceFilesystem
                        ? "filesystem"
                        : spec.use() instanceof DeviceSwap ? "swap" : "none",
                0);
    }

    @Override
    public ZramInfo updateZram(ZramDevice device, ZramChange change) {
        ask(change);
        return showZram(device);
    }

    @Override
    public ZramInfo resetZram(ZramDevice device) {
        ask("reset " + device);
        return showZram(device);
    }

    @Override
    public void removeZram(ZramDevice device) {
        ask("remove " + device);
    }

    @Override
    public VolumeInfo adopt(String targetOrDevice) {
        ask("adopt " + targetOrDevice);
        return volume(VolumeKind.TMPFS, targetOrDevice, null, 0);
    }
}
