// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.theme;

import io.github.cramdisk.gui.common.Settings;
import io.github.cramdisk.gui.common.Tasks;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleObjectProperty;

/** Which theme the window has: the user's choice, remembered, and what follows from it. */
public final class ThemeModel {
    private static final String CHOICE_KEY = "theme";
    /** What the desktop preferred last, so that the first frame of the next start is right. */
    private static final String SYSTEM_KEY = "theme.system-dark";

    private final Settings settings;
    private final Tasks tasks;
    private final DesktopPreference desktop;
    private final ObjectProperty<ThemeChoice> choice = new SimpleObjectProperty<>(this, "choice");
    private final ReadOnlyBooleanWrapper dark = new ReadOnlyBooleanWrapper(this, "dark");
    private boolean desktopPrefersDark;

    /** Asks the desktop; may take a moment. */
    @FunctionalInterface
    public interface DesktopPreference {
        boolean prefersDark();
    }

    public ThemeModel(Settings settings, Tasks tasks, DesktopPreference desktop) {
        this.settings = settings;
        this.tasks = tasks;
        this.desktop = desktop;
        desktopPrefersDark = settings.get(SYSTEM_KEY).map(Boolean::parseBoolean).orElse(false);
        choice.set(ThemeChoice.ofKey(settings.get(CHOICE_KEY).orElse("")));
        decide();
        choice.addListener((property, before, now) -> {
            settings.put(CHOICE_KEY, now.key());
            decide();
        });
    }

    public ObjectProperty<ThemeChoice> choiceProperty() {
        return choice;
    }

    /** Whether the window is dark. */
    public ReadOnlyBooleanProperty darkProperty() {
        return dark.getReadOnlyProperty();
    }

    /** Looks at the desktop again; at the start and whenever the window comes to the front. */
    public void refresh() {
        tasks.run(desktop::prefersDark).onSuccess(preference -> {
            desktopPrefersDark = preference;
            settings.put(SYSTEM_KEY, Boolean.toString(preference));
            decide();
        });
    }

    private void decide() {
        dark.set(
                switch (choice.get()) {
                    case LIGHT -> false;
                    case DARK -> true;
                    case SYSTEM -> desktopPrefersDark;
                });
    }
}
