// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.attach.DiskDevice;
import io.github.cramdisk.api.config.ConfigApplied;
import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.volume.DeviceUse;
import io.github.cramdisk.api.volume.RamfsSpec;
import io.github.cramdisk.api.volume.TmpfsChange;
import io.github.cramdisk.api.volume.TmpfsSpec;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.api.volume.ZramChange;
import io.github.cramdisk.api.volume.ZramDevice;
import io.github.cramdisk.api.volume.ZramSpec;
import io.github.cramdisk.api.volume.ZramUpkeep;
import io.github.cramdisk.host.nbd.AttachedDisk;
import io.github.cramdisk.host.nbd.DiskRequest;
import io.github.cramdisk.host.syscall.Descriptor;
import io.github.cramdisk.host.syscall.DeviceNumber;
import io.github.cramdisk.host.verb.Caller;
import io.github.cramdisk.host.verb.CreatedZram;
import io.github.cramdisk.host.verb.MountedVolume;
import io.github.cramdisk.host.verb.Verbs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Verbs that change a recorded machine, and remember what they were asked. */
public final class RecordingVerbs implements Verbs {
    public final List<String> asked = new ArrayList<>();
    private final RecordedMachine machine;
    private int minor = 50;
    private int zram = 5;
    boolean refuses;

    @Override
    public ConfigApplied configure(Caller caller, ConfigFormat format, List<ConfigVolume> volumes) {
        asked.add("configure " + format.text() + " "
                + String.join(", ", volumes.stream().map(ConfigVolume::title).toList()));
        return new ConfigApplied(List.of(), List.of());
    }

    @Override
    public ConfigApplied revertConfiguration(Caller caller, ConfigFormat format) {
        asked.add("revert " + format.text());
        return new ConfigApplied(List.of(), List.of());
    }

    public RecordingVerbs(RecordedMachine machine) {
        this.machine = machine;
    }

    private void ask(String verb) {
        if (refuses) {
            throw new CramdiskException(ErrorKind.AUTHORISATION_DISMISSED, verb);
        }
        asked.add(verb);
    }

    private MountedVolume mount(String type, String target) {
        ask(type + " " + target);
        try {
            minor++;
            machine.mount(type, type, "0:" + minor, target, "rw,nosuid,nodev,relatime", "rw");
            return new MountedVolume(target, type, minor, DeviceNumber.parse("0:" + minor));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public MountedVolume mountTmpfs(Caller caller, TmpfsSpec spec) {
        return mount("tmpfs", spec.target());
    }

    @Override
    public void remountTmpfs(Caller caller, TmpfsChange change) {
        ask("remount " + change.target());
    }

    @Override
    public MountedVolume mountRamfs(Caller caller, RamfsSpec spec) {
        return mount("ramfs", spec.target());
    }

    @Override
    public void unmount(Caller caller, String target, VolumeKind kind, boolean lazily) {
        ask("unmount " + target);
    }

    @Override
    public CreatedZram createZram(Caller caller, ZramSpec spec) {
        ask("create zram");
        try {
            int number = zram++;
            machine.zram(number, spec.size().bytes(), "0 0 0 0 0 0 0 0 0");
            return new CreatedZram(new ZramDevice(number), 100 + number, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void changeZram(Caller caller, ZramDevice device, ZramChange change) {
        ask("change " + device);
    }

    @Override
    public void maintainZram(Caller caller, ZramDevice device, ZramUpkeep upkeep) {
        ask("maintain " + device + " " + upkeep.recompress() + " " + upkeep.writeBack());
    }

    @Override
    public CreatedZram resetZram(Caller caller, ZramDevice device, @Nullable ZramSpec again) {
        ask("reset " + device + " " + (again == null ? "bare" : again.size().formatExact()));
        return new CreatedZram(device, 100 + device.number(), null);
    }

    @Override
    public void removeZram(Caller caller, ZramDevice device) {
        ask("remove " + device);
    }

    @Override
    public AttachedDisk attachDisk(Caller caller, Descriptor connection, DiskRequest request) {
        throw new UnsupportedOperationException("not asked for here");
    }

    @Override
    public void reattachDisk(Caller caller, Descriptor connection, DiskDevice device) {
        throw new UnsupportedOperationException("not asked for here");
    }

    @Override
    public void formatDisk(Caller caller, DiskDevice device, DeviceUse use) {
        throw new UnsupportedOperationException("not asked for here");
    }

    @Override
    public void useDisk(Caller caller, DiskDevice device, DeviceUse use) {
        throw new UnsupportedOperationException("not asked for here");
    }

    @Override
    public void resizeDisk(Caller caller, DiskDevice device, ByteSize size) {
        throw new UnsupportedOperationException("not asked for here");
    }

    @Override
    public void detachDisk(Caller caller, DiskDevice device) {
        throw new UnsupportedOperationException("not asked for here");
    }

    @Override
    public String makeArenaDirectory(Caller caller, ByteSize size) {
        throw new UnsupportedOperationException("not asked for here");
    }
}
