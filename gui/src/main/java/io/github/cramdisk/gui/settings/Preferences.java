// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.settings;

import io.github.cramdisk.gui.common.Settings;

/** The switches among the settings; each is on until somebody turns it off. */
public enum Preferences {
    /** Events come as notifications of the desktop. */
    NOTIFY("notifications"),
    /** The window starts an engine where none runs. */
    START_ENGINE("engine.start");

    private final String key;

    Preferences(String key) {
        this.key = key;
    }

    public boolean in(Settings settings) {
        return settings.get(key).map(Boolean::parseBoolean).orElse(true);
    }

    void set(Settings settings, boolean on) {
        settings.put(key, Boolean.toString(on));
    }
}
