// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.overview;

import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.gui.engine.DiskHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** View model of the card of one volume, a disk or another. It lives as long as its volume. */
public final class CardModel {
    /** Snapshots in the line of the last minute. */
    private static final int SPARK = 120;

    private final String key;
    private final int colorIndex;
    private final ReadOnlyObjectWrapper<CardFace> face;
    private final List<Double> used = new ArrayList<>();
    private @Nullable DiskInfo disk;
    private @Nullable VolumeInfo volume;

    CardModel(DiskInfo disk, DiskHistory history, int colorIndex) {
        this.key = disk.name();
        this.colorIndex = colorIndex;
        this.disk = disk;
        this.face = new ReadOnlyObjectWrapper<>(this, "face", DiskFaces.of(disk, history));
    }

    CardModel(VolumeInfo volume, int colorIndex) {
        this.key = volume.title();
        this.colorIndex = colorIndex;
        this.volume = volume;
        this.face = new ReadOnlyObjectWrapper<>(this, "face", VolumeFaces.of(volume, List.of()));
    }

    void update(DiskInfo newDisk, DiskHistory history) {
        disk = newDisk;
        show(DiskFaces.of(newDisk, history));
    }

    void update(VolumeInfo newVolume) {
        volume = newVolume;
        used.add((double) newVolume.usedBytes());
        if (used.size() > SPARK) {
            used.remove(0);
        }
        show(VolumeFaces.of(newVolume, List.copyOf(used)));
    }

    /** A property tells of every new object; of one that looks the same nobody need hear. */
    private void show(CardFace now) {
        if (!now.equals(face.get())) {
            face.set(now);
        }
    }

    /** As in {@link io.github.cramdisk.gui.common.OwnVolumes}. */
    public String key() {
        return key;
    }

    public int colorIndex() {
        return colorIndex;
    }

    ReadOnlyObjectProperty<CardFace> faceProperty() {
        return face.getReadOnlyProperty();
    }

    CardFace face() {
        return face.get();
    }

    boolean isDisk() {
        return disk != null;
    }

    /** Only of a disk. */
    DiskInfo disk() {
        return Objects.requireNonNull(disk, key);
    }

    /** Only of what is no disk. */
    VolumeInfo volume() {
        return Objects.requireNonNull(volume, key);
    }
}
