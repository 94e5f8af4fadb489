// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.volumes;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.volume.KernelSupport;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeList;
import io.github.cramdisk.gui.common.CommandWords;
import io.github.cramdisk.gui.common.DiskColors;
import io.github.cramdisk.gui.common.Refusal;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.engine.EngineLink;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * View model of the page of all volumes. It asks the engine while the page is shown only, because who uses a volume is
 * found by looking at every open file of the machine.
 */
public final class VolumesModel {
    /** Snapshots between two questions: every three seconds. */
    private static final int ASK_EVERY = 3 * EngineLink.HERTZ;

    private final EngineLink link;
    private final DiskColors colors;
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(this, "state", State.LOADING);
    private final ReadOnlyObjectWrapper<@Nullable Refusal> refusal = new ReadOnlyObjectWrapper<>(this, "refusal");
    private final ReadOnlyStringWrapper warning = new ReadOnlyStringWrapper(this, "warning", "");
    private final ReadOnlyObjectWrapper<@Nullable KernelSupport> support = new ReadOnlyObjectWrapper<>(this, "support");
    private final ObservableList<VolumeFace> ours = FXCollections.observableArrayList();
    private final ObservableList<VolumeFace> foreign = FXCollections.observableArrayList();
    private boolean shown;
    private boolean asking;
    private boolean askedSupport;
    private boolean askAgain;
    private int snapshots;

    /** What the page shows. */
    public enum State {
        LOADING,
        LIST,
        /** The engine did not tell; {@link #refusalProperty} says why. */
        FAILED
    }

    public VolumesModel(EngineLink link, DiskColors colors) {
        this.link = link;
        this.colors = colors;
        link.snapshotProperty().addListener((property, before, now) -> {
            askSupport();
            if (shown && ++snapshots % ASK_EVERY == 0) {
                refresh();
            }
        });
    }

    public ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** Why the list cannot be read, or a volume was not adopted; null where nothing is wrong. */
    public ReadOnlyObjectProperty<@Nullable Refusal> refusalProperty() {
        return refusal.getReadOnlyProperty();
    }

    /** About all volumes together; empty where nothing is to be said. */
    public ReadOnlyStringProperty warningProperty() {
        return warning.getReadOnlyProperty();
    }

    /** What the kernel supports; null while that is unknown. */
    public ReadOnlyObjectProperty<@Nullable KernelSupport> supportProperty() {
        return support.getReadOnlyProperty();
    }

    /** The colour of one of the user's volumes, the same as on every other page. */
    int colorOf(VolumeFace face) {
        return colors.of(face.title());
    }

    ObservableList<VolumeFace> ours() {
        return ours;
    }

    ObservableList<VolumeFace> foreign() {
        return foreign;
    }

    /** Begins or ends to keep the list up to date. */
    public void setShown(boolean nowShown) {
        if (shown == nowShown) {
            return;
        }
        shown = nowShown;
        if (shown) {
            refresh();
        }
    }

    /** Reads the list again. */
    public void refresh() {
        if (asking) {
            askAgain = true;
            return;
        }
        asking = true;
        link.call(engine -> engine.volumes().list(true))
                .onSuccess(list -> {
                    show(list);
                    answered();
                })
                .onFailure(error -> {
                    fail(error);
                    answered();
                });
    }

    /** Once for a window: the forms grey out what this kernel lacks. */
    private void askSupport() {
        if (!askedSupport) {
            askedSupport = true;
            link.call(engine -> engine.volumes().kernelSupport())
                    .onSuccess(support::set)
                    .onFailure(error -> askedSupport = false);
        }
    }

    /** Takes a volume that something else made into the definitions. */
    void adopt(VolumeInfo volume) {
        refusal.set(null);
        link.call(engine -> engine.volumes().adopt(volume.title()))
                .onSuccess(adopted -> refresh())
                .onFailure(error ->
                        refusal.set(Refusal.of(error, "cramdisk adopt " + CommandWords.quoted(volume.title()))));
    }

    private void answered() {
        asking = false;
        if (askAgain) {
            askAgain = false;
            refresh();
        }
    }

    private void show(VolumeList list) {
        if (state.get() == State.FAILED) {
            refusal.set(null);
        }
        update(ours, list.volumes().stream().filter(VolumeInfo::managed).toList());
        update(
                foreign,
                list.volumes().stream().filter(volume -> !volume.managed()).toList());
        warning.set(Texts.warnings(list.warnings()));
        state.set(State.LIST);
    }

    private static void update(ObservableList<VolumeFace> faces, List<VolumeInfo> volumes) {
        List<VolumeFace> now = volumes.stream().map(VolumeFace::of).toList();
        if (!now.equals(faces)) {
            faces.setAll(now);
        }
    }

    private void fail(CramdiskException error) {
        refusal.set(Refusal.of(error, "cramdisk list"));
        if (state.get() == State.LOADING) {
            state.set(State.FAILED);
        }
    }
}
