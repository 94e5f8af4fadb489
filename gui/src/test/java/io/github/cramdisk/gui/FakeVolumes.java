// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.Warning;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.FileMode;
import io.github.cramdisk.api.volume.Finding;
import io.github.cramdisk.api.volume.KernelFeature;
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
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Volumes in memory, without a kernel: what is asked for is there, until it is taken away. */
public final class FakeVolumes implements Volumes {
    private static final long GIB = 1L << 30;
    private static final long MIB = 1L << 20;

    private final List<VolumeInfo> volumes = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();
    private @Nullable CramdiskException refusal;
    private @Nullable CramdiskException unreadable;

    /** The next change is refused with this. */
    public synchronized void refuseNext(CramdiskException error) {
        refusal = error;
    }

    /** The list cannot be read from now on; null: it can. */
    public synchronized void setUnreadable(@Nullable CramdiskException error) {
        unreadable = error;
    }

    public synchronized void warn(Warning warning) {
        warnings.add(warning);
    }

    public synchronized FakeVolumes add(VolumeInfo volume) {
        volumes.add(volume);
        return this;
    }

    public static VolumeInfo tmpfs(String target, long size, long used, boolean managed, VolumeUser... users) {
        return new VolumeInfo(
                VolumeKind.TMPFS,
                null,
                target,
                null,
                size,
                used,
                false,
                used,
                null,
                managed,
                managed ? "user" : "root",
                List.of("rw", "nosuid", "nodev", "relatime", "size=" + (size >> 10) + "k", "mode=1777"),
                List.of(users));
    }

    /** Some of every kind. */
    public void addSome() {
        add(tmpfs("/home/user/build", 2 * GIB, 700 * MIB, true, new VolumeUser(4711, "gradle", "/home/user/build/a")));
        add(new VolumeInfo(
                VolumeKind.ZRAM,
                null,
                "/mnt/zram",
                "/dev/zram1",
                4 * GIB,
                1_500 * MIB,
                false,
                600 * MIB,
                0L,
                true,
                "user",
                List.of("algorithm=lz4", "type=ext4", "rw", "nosuid", "nodev", "relatime"),
                List.of()));
        add(tmpfs("/dev/shm", 12 * GIB, 310 * MIB, false));
        add(tmpfs("/srv/scratch", GIB, 0, false));
        add(new VolumeInfo(
                VolumeKind.RAMFS,
                null,
                "/mnt/keys",
                null,
                null,
                0,
                true,
                0,
                0L,
                false,
                "root",
                List.of("rw"),
                List.of()));
        add(new VolumeInfo(
                VolumeKind.ZRAM,
                null,
                null,
                "/dev/zram0",
                8 * GIB,
                900 * MIB,
                false,
                260 * MIB,
                0L,
                false,
                "root",
                List.of("algorithm=zstd", "swap", "priority=100"),
                List.of()));
        add(new VolumeInfo(
                VolumeKind.SWAP,
                null,
                null,
                "/swapfile",
                8 * GIB,
                120 * MIB,
                false,
                0,
                120 * MIB,
                false,
                null,
                List.of("file", "priority=-2"),
                List.of()));
    }

    /** As they are in a snapshot. */
    synchronized List<VolumeInfo> now() {
        return List.copyOf(volumes);
    }

    @Override
    public synchronized VolumeList list(boolean withUsers) {
        CramdiskException error = unreadable;
        if (error != null) {
            throw error;
        }
        return new VolumeList(volumes, warnings);
    }

    @Override
    public KernelSupport kernelSupport() {
        EnumSet<KernelFeature> features = EnumSet.allOf(KernelFeature.class);
        features.removeAll(EnumSet.of(KernelFeature.TMPFS_QUOTA, KernelFeature.TMPFS_CASEFOLD));
        return new KernelSupport(
                "6.18.5",
                new TreeSet<>(features),
                List.of("lzo-rle", "lz4", "zstd"),
                List.of("ext4", "btrfs"),
                List.of(0));
    }

    /** The doctor finds this from now on. */
    public synchronized FakeVolumes find(Finding finding) {
        findings.add(finding);
        return this;
    }

    @Override
    public synchronized List<Finding> doctor() {
        CramdiskException error = unreadable;
        if (error != null) {
            throw error;
        }
        return List.copyOf(findings);
    }

    @Override
    public synchronized VolumeInfo mountTmpfs(TmpfsSpec spec) {
        refuse();
        SizeLimit size = spec.size();
        VolumeInfo mounted = tmpfs(spec.target(), size == null ? GIB : size.kernelBytes(24 * GIB), 0, true);
        add(mounted);
        return mounted;
    }

    @Override
    public synchronized VolumeInfo remountTmpfs(TmpfsChange change) {
        refuse();
        VolumeInfo old = find(change.target());
        SizeLimit size = change.size();
        Long before = old.sizeBytes();
        long bytes = size != null ? size.kernelBytes(24 * GIB) : before == null ? 0 : before;
        if (bytes < old.usedBytes()) {
            throw new CramdiskException(ErrorKind.SIZE_TOO_SMALL_FOR_USED, change.target(), "a", "b", "c");
        }
        volumes.remove(old);
        VolumeInfo changed = tmpfs(change.target(), bytes, old.usedBytes(), old.managed());
        add(changed);
        return changed;
    }

    @Override
    public synchronized VolumeInfo mountRamfs(RamfsSpec spec) {
        refuse();
        FileMode mode = spec.mode();
        VolumeInfo mounted = new VolumeInfo(
                VolumeKind.RAMFS,
                null,
                spec.target(),
                null,
                null,
                0,
                true,
                0,
                0L,
                true,
                "user",
                List.of("mode=" + mode),
                List.of());
        add(mounted);
        return mounted;
    }

    @Override
    public synchronized void unmount(String target, VolumeKind kind, boolean lazily) {
        refuse();
        VolumeInfo volume = find(target);
        if (!volume.users().isEmpty() && !lazily) {
            throw new CramdiskException(
                    ErrorKind.VOLUME_BUSY, target, volume.users().get(0));
        }
        volumes.remove(volume);
    }

    @Override
    public List<ZramInfo> listZram() {
        return List.of();
    }

    @Override
    public ZramInfo showZram(ZramDevice device) {
        throw new CramdiskException(ErrorKind.NO_SUCH_VOLUME, "zram device", device);
    }

    @Override
    public synchronized ZramInfo createZram(ZramSpec spec) {
        refuse();
        boolean filesystem = spec.use() instanceof DeviceFilesystem;
        String target = spec.use() instanceof DeviceFilesystem made ? made.target() : null;
        add(new VolumeInfo(
                VolumeKind.ZRAM,
                null,
                target,
                "/dev/zram7",
                spec.size().bytes(),
                0,
                false,
                0,
                0L,
                true,
                "user",
                List.of("algorithm=lz4", filesystem ? "type=ext4" : "swap"),
                List.of()));
        return new ZramInfo(
                "/dev/zram7",
                spec.size().bytes(),
                "lz4",
                List.of("lz4"),
                List.of(),
                null,
                filesystem ? "filesystem" : "swap",
                target,
                null,
                null,
                null,
                null,
                null,
                true,
                new ZramStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                List.of());
    }

    @Override
    public ZramInfo updateZram(ZramDevice device, ZramChange change) {
        return showZram(device);
    }

    @Override
    public ZramInfo resetZram(ZramDevice device) {
        return showZram(device);
    }

    @Override
    public synchronized void removeZram(ZramDevice device) {
        refuse();
        volumes.removeIf(volume -> device.toString().equals(volume.device()));
    }

    @Override
    public synchronized VolumeInfo adopt(String targetOrDevice) {
        refuse();
        VolumeInfo old = find(targetOrDevice);
        volumes.remove(old);
        VolumeInfo adopted = new VolumeInfo(
                old.kind(),
                old.name(),
                old.target(),
                old.device(),
                old.sizeBytes(),
                old.usedBytes(),
                old.atLeast(),
                old.residentBytes(),
                old.swappedBytes(),
                true,
                old.owner(),
                old.options(),
                old.users());
        add(adopted);
        return adopted;
    }

    private VolumeInfo find(String title) {
        return volumes.stream()
                .filter(volume -> volume.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new CramdiskException(ErrorKind.NO_SUCH_VOLUME, "volume", title));
    }

    private void refuse() {
        CramdiskException error = refusal;
        refusal = null;
        if (error != null) {
            throw error;
        }
    }
}
