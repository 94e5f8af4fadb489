// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.engine;

import io.github.cramdisk.api.Engine;

/** Reaches the engine, starting it where it does not run. */
@FunctionalInterface
public interface EngineConnector {
    /**
     * Blocks until there is an engine.
     *
     * @throws io.github.cramdisk.api.CramdiskException when there will be none
     */
    Engine connect();

    /** The same, on the word of the user: starts an engine where {@link #connect} would not. */
    default Engine start() {
        return connect();
    }
}
