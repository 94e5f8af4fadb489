// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.definition;

import io.github.cramdisk.api.volume.RamfsSpec;
import io.github.cramdisk.api.volume.TmpfsSpec;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.api.volume.ZramDevice;
import io.github.cramdisk.api.volume.ZramSpec;
import org.jspecify.annotations.Nullable;

/**
 * A volume that the engine keeps: as it was asked for, and when it was last made, because everything in memory is gone
 * after the next start of the machine.
 *
 * @param id name of its file, without the ending
 * @param spec {@link TmpfsSpec}, {@link RamfsSpec} or {@link ZramSpec}
 * @param bootId of the start of the machine in which it was made ({@code /proc/sys/kernel/random/boot_id})
 * @param device of a zram device in that time; null for the others
 * @param sequence tells that device from a later one with its number ({@code diskseq}); 0 where the kernel has none
 */
public record VolumeDefinition(
        String id, Spec spec, String bootId, @Nullable ZramDevice device, long sequence) {

    /** One of the specifications of the API. */
    public sealed interface Spec {
        VolumeKind kind();

        boolean temporary();

        /** A tmpfs. */
        record Tmpfs(TmpfsSpec spec) implements Spec {
            @Override
            public VolumeKind kind() {
                return VolumeKind.TMPFS;
            }

            @Override
            public boolean temporary() {
                return spec.temporary();
            }
        }

        /** A ramfs. */
        record Ramfs(RamfsSpec spec) implements Spec {
            @Override
            public VolumeKind kind() {
                return VolumeKind.RAMFS;
            }

            @Override
            public boolean temporary() {
                return spec.temporary();
            }
        }

        /** A zram device. */
        record Zram(ZramSpec spec) implements Spec {
            @Override
            public VolumeKind kind() {
                return VolumeKind.ZRAM;
            }

            @Override
            public boolean temporary() {
                return spec.temporary();
            }
        }
    }

    public static VolumeDefinition of(TmpfsSpec spec, String bootId) {
        return new VolumeDefinition(VolumeId.of("tmpfs", spec.target()), new Spec.Tmpfs(spec), bootId, null, 0);
    }

    public static VolumeDefinition of(RamfsSpec spec, String bootId) {
        return new VolumeDefinition(VolumeId.of("ramfs", spec.target()), new Spec.Ramfs(spec), bootId, null, 0);
    }

    /** Devices change their numbers from start to start, so that a definition has a random name. */
    public static VolumeDefinition of(ZramSpec spec, String bootId, ZramDevice device, long sequence) {
        return new VolumeDefinition(VolumeId.random("zram"), new Spec.Zram(spec), bootId, device, sequence);
    }

    /** The same with another specification. */
    public VolumeDefinition with(Spec changed) {
        return new VolumeDefinition(id, changed, bootId, device, sequence);
    }

    /** The same, made anew. */
    public VolumeDefinition made(String newBootId, @Nullable ZramDevice newDevice, long newSequence) {
        return new VolumeDefinition(id, spec, newBootId, newDevice, newSequence);
    }

    /** The mount point of a tmpfs or ramfs, null for a zram device. */
    public @Nullable String target() {
        if (spec instanceof Spec.Tmpfs tmpfs) {
            return tmpfs.spec().target();
        }
        return spec instanceof Spec.Ramfs ramfs ? ramfs.spec().target() : null;
    }

    /** For logs. */
    public String title() {
        String target = target();
        return spec.kind().text() + " " + (target != null ? target : String.valueOf(device));
    }
}
