// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.config;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.attach.AttachSpec;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.DeviceUse;
import io.github.cramdisk.api.volume.RamfsSpec;
import io.github.cramdisk.api.volume.TmpfsSpec;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.api.volume.ZramSpec;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A volume as it is to be configured: its definition, and what only the configuration knows of it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ConfigVolume.Tmpfs.class, name = "tmpfs"),
    @JsonSubTypes.Type(value = ConfigVolume.Ramfs.class, name = "ramfs"),
    @JsonSubTypes.Type(value = ConfigVolume.Zram.class, name = "zram"),
    @JsonSubTypes.Type(value = ConfigVolume.Disk.class, name = "disk")
})
public sealed interface ConfigVolume {
    /** Options that tell mount(8) and systemd when to mount; see systemd.mount(5). They reach no kernel. */
    Pattern EXTRA = Pattern.compile(
            "(?:x-systemd\\.[a-z-]{1,64}|X-mount\\.[a-z-]{1,32}|nofail|noauto|auto|_netdev|user|nouser|users|owner|group)"
                    + "(?:=[A-Za-z0-9@._/:+-]{1,255})?");

    /** A tmpfs. */
    record Tmpfs(TmpfsSpec spec, List<String> extra) implements ConfigVolume {
        /** @throws CramdiskException {@link ErrorKind#INVALID_MOUNT_OPTION} */
        public Tmpfs {
            extra = checked(extra);
        }

        @Override
        public VolumeKind volumeKind() {
            return VolumeKind.TMPFS;
        }

        @Override
        public String target() {
            return spec.target();
        }
    }

    /** A ramfs. */
    record Ramfs(RamfsSpec spec, List<String> extra) implements ConfigVolume {
        /** @throws CramdiskException {@link ErrorKind#INVALID_MOUNT_OPTION} */
        public Ramfs {
            extra = checked(extra);
        }

        @Override
        public VolumeKind volumeKind() {
            return VolumeKind.RAMFS;
        }

        @Override
        public String target() {
            return spec.target();
        }
    }

    /** A zram device, with what is on it. */
    record Zram(ZramSpec spec, List<String> extra) implements ConfigVolume {
        /** @throws CramdiskException {@link ErrorKind#INVALID_MOUNT_OPTION} */
        public Zram {
            extra = checked(extra);
        }

        @Override
        public VolumeKind volumeKind() {
            return VolumeKind.ZRAM;
        }

        @Override
        public @Nullable String target() {
            return spec.use() instanceof DeviceFilesystem filesystem ? filesystem.target() : null;
        }
    }

    /**
     * A compressed disk of an engine.
     *
     * @param use what it is attached to the kernel for; null for a disk that is served over NBD alone
     */
    record Disk(DiskSpec spec, @Nullable DeviceUse use) implements ConfigVolume {
        /** @throws CramdiskException {@link ErrorKind#INVALID_ARGUMENT} for suid or dev, which a disk never has */
        public Disk {
            if (use instanceof DeviceFilesystem filesystem) {
                AttachSpec.checkFlags(filesystem);
            }
        }

        @Override
        public VolumeKind volumeKind() {
            return VolumeKind.DISK;
        }

        @Override
        public @Nullable String target() {
            return use instanceof DeviceFilesystem filesystem ? filesystem.target() : null;
        }

        @Override
        public List<String> extra() {
            return List.of();
        }
    }

    static ConfigVolume of(TmpfsSpec spec) {
        return new Tmpfs(spec, List.of());
    }

    static ConfigVolume of(RamfsSpec spec) {
        return new Ramfs(spec, List.of());
    }

    static ConfigVolume of(ZramSpec spec) {
        return new Zram(spec, List.of());
    }

    static ConfigVolume of(DiskSpec spec) {
        return new Disk(spec, null);
    }

    @JsonIgnore
    VolumeKind volumeKind();

    /** Where it is mounted; null for what is not. */
    @JsonIgnore
    @Nullable
    String target();

    /** Options of the configuration alone, each as {@link #EXTRA} allows it. */
    List<String> extra();

    /** What people call it: {@code tmpfs /mnt/x}, {@code zram swap of 2G}, {@code disk scratch}. */
    @JsonIgnore
    default String title() {
        String kind = volumeKind().text();
        if (this instanceof Disk disk) {
            return kind + " " + disk.spec().name();
        }
        if (target() != null) {
            return kind + " " + target();
        }
        if (this instanceof Zram zram) {
            return kind
                    + (zram.spec().use() instanceof DeviceSwap ? " swap of " : " of ")
                    + zram.spec().size().formatExact();
        }
        return kind;
    }

    private static List<String> checked(@Nullable List<String> extra) {
        List<String> options = extra == null ? List.of() : List.copyOf(extra);
        for (String option : options) {
            if (!EXTRA.matcher(option).matches()) {
                throw new CramdiskException(ErrorKind.INVALID_MOUNT_OPTION, option);
            }
        }
        return options;
    }
}
