// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.doctor;

import io.github.cramdisk.api.volume.Finding;
import io.github.cramdisk.gui.common.Refusal;
import io.github.cramdisk.gui.engine.EngineLink;
import io.github.cramdisk.gui.engine.EngineState;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** View model of the doctor: looks when the page is opened, when it is asked to, and when the engine is back. */
public final class DoctorModel {
    private final EngineLink link;
    private final ReadOnlyObjectWrapper<@Nullable List<Finding>> findings =
            new ReadOnlyObjectWrapper<>(this, "findings");
    private final ReadOnlyObjectWrapper<@Nullable Refusal> refusal = new ReadOnlyObjectWrapper<>(this, "refusal");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(this, "busy");
    private boolean shown;

    public DoctorModel(EngineLink link) {
        this.link = link;
        link.stateProperty().addListener((property, before, now) -> {
            if (shown && now instanceof EngineState.Running) {
                check();
            }
        });
    }

    /** The worst first; null before the first answer. */
    ReadOnlyObjectProperty<@Nullable List<Finding>> findingsProperty() {
        return findings.getReadOnlyProperty();
    }

    /** Why there is no answer; null where there is one. */
    ReadOnlyObjectProperty<@Nullable Refusal> refusalProperty() {
        return refusal.getReadOnlyProperty();
    }

    /** Whether the engine is looking. */
    ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    void setShown(boolean nowShown) {
        shown = nowShown;
        if (shown) {
            check();
        }
    }

    /** Looks at the machine again. */
    void check() {
        if (busy.get()) {
            return;
        }
        busy.set(true);
        link.call(engine -> engine.volumes().doctor())
                .onSuccess(found -> {
                    busy.set(false);
                    refusal.set(null);
                    findings.set(found);
                })
                .onFailure(error -> {
                    busy.set(false);
                    refusal.set(Refusal.of(error, "cramdisk doctor"));
                });
    }
}
