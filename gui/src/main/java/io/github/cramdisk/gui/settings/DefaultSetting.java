// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.settings;

import io.github.cramdisk.gui.common.FormModel;
import io.github.cramdisk.gui.common.Settings;
import io.github.cramdisk.gui.create.Default;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** One of the {@link Default}s as it is typed or chosen: kept at once where it is right, else what is wrong is said. */
final class DefaultSetting {
    private final Default about;
    private final StringProperty text = new SimpleStringProperty(this, "text");
    private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper(this, "error", "");

    /** @param changed told after each change of the settings */
    DefaultSetting(Default about, Settings settings, Runnable changed) {
        this.about = about;
        text.set(about.in(settings));
        text.addListener((property, before, now) -> {
            error.set(FormModel.errorOf(() -> {
                about.set(settings, now == null ? "" : now);
                return "";
            }));
            if (error.get().isEmpty()) {
                changed.run();
            }
        });
    }

    Default about() {
        return about;
    }

    /** Empty for nothing of one's own. */
    StringProperty textProperty() {
        return text;
    }

    /** What is wrong; empty where nothing is. */
    ReadOnlyStringProperty errorProperty() {
        return error.getReadOnlyProperty();
    }
}
