// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.theme;

import io.github.cramdisk.gui.common.Settings;
import io.github.cramdisk.gui.common.Tasks;
import java.util.Locale;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;

/** Which theme the window has: the user's choice, remembered, and what follows from it. */
public final class ThemeModel {
    private static final String CHOICE_KEY = "theme";
    /** What the desktop preferred last, so that the first frame of the next start is right. */
    private static final String SYSTEM_KEY = "theme.system";

    private final Settings settings;
    private final Tasks tasks;
    private final DesktopPreference desktop;
    private final ObjectProperty<ThemeChoice> choice = new SimpleObjectProperty<>(this, "choice");
    private final ReadOnlyObjectWrapper<Look> look = new ReadOnlyObjectWrapper<>(this, "look", Look.LIGHT);
    private Look desktopLook;

    /** Asks the desktop; may take a moment. */
    @FunctionalInterface
    public interface DesktopPreference {
        Look preferred();
    }

    public ThemeModel(Settings settings, Tasks tasks, DesktopPreference desktop) {
        this.settings = settings;
        this.tasks = tasks;
        this.desktop = desktop;
        desktopLook = settings.get(SYSTEM_KEY)
                .flatMap(key -> Stream.of(Look.values())
                        .filter(known -> known.name().equalsIgnoreCase(key))
                        .findFirst())
                .orElse(Look.LIGHT);
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

    /** What the window looks like now. */
    public ReadOnlyObjectProperty<Look> lookProperty() {
        return look.getReadOnlyProperty();
    }

    /** Looks at the desktop again; at the start and whenever the window comes to the front. */
    public void refresh() {
        tasks.run(desktop::preferred).onSuccess(preference -> {
            desktopLook = preference;
            settings.put(SYSTEM_KEY, preference.name().toLowerCase(Locale.ROOT));
            decide();
        });
    }

    private void decide() {
        look.set(
                switch (choice.get()) {
                    case LIGHT -> Look.LIGHT;
                    case DARK -> Look.DARK;
                    case CONTRAST -> Look.CONTRAST;
                    case SYSTEM -> desktopLook;
                });
    }
}
