// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.EngineLauncher;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.gui.common.Settings;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.engine.EngineConnector;
import io.github.cramdisk.gui.settings.Preferences;
import java.util.Optional;

/** Reaches the engine of this user, and starts it where none runs, unless the settings say not to. */
final class LaunchingConnector implements EngineConnector {
    private final EngineLauncher launcher;
    private final Settings settings;

    LaunchingConnector(EngineLauncher launcher, Settings settings) {
        this.launcher = launcher;
        this.settings = settings;
    }

    @Override
    public Engine connect() {
        if (Preferences.START_ENGINE.in(settings)) {
            return start();
        }
        Optional<? extends Engine> running = launcher.findRunning();
        if (running.isPresent()) {
            return running.get();
        }
        throw new CramdiskException(ErrorKind.ENGINE_UNAVAILABLE, Texts.of("app.engine.not-started"));
    }

    @Override
    public Engine start() {
        return launcher.connectOrStart();
    }
}
