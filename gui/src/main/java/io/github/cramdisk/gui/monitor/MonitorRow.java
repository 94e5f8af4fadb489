// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.monitor;

import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeKind;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** One volume in the table. The row stays the same object while its volume lives, so that a selection stays too. */
final class MonitorRow {
    private final String key;
    private final ReadOnlyObjectWrapper<Face> face;

    /**
     * What the row shows now.
     *
     * @param sizeBytes what it offers; null for no limit
     * @param atLeast whether it may hold, and cost, more than that
     * @param ratio used to resident; 0 where there is none to tell
     * @param past resident bytes of the last minute, the oldest first
     * @param users who keeps it busy; empty where nobody is known
     * @param alert what is about to go wrong; empty where nothing is
     * @param colorIndex of one of the user's; -1 for others
     * @param adoptable the volume, where the engine can take it into its definitions
     */
    record Face(
            String title,
            VolumeKind kind,
            String kindText,
            @Nullable Long sizeBytes,
            long usedBytes,
            boolean atLeast,
            long residentBytes,
            double ratio,
            List<Double> past,
            String users,
            String alert,
            boolean managed,
            int colorIndex,
            @Nullable VolumeInfo adoptable) {}

    MonitorRow(String key, Face first) {
        this.key = key;
        face = new ReadOnlyObjectWrapper<>(this, "face", first);
    }

    String key() {
        return key;
    }

    ReadOnlyObjectProperty<Face> faceProperty() {
        return face.getReadOnlyProperty();
    }

    Face face() {
        return face.get();
    }

    void show(Face now) {
        if (!now.equals(face.get())) {
            face.set(now);
        }
    }
}
