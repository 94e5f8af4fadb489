// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.engine;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.EngineStatus;

/** How the window stands with the engine. */
public sealed interface EngineState {
    /** First contact, or another try after {@link Unavailable}; nothing to show yet. */
    record Connecting() implements EngineState {}

    /** Snapshots arrive. */
    record Running(EngineStatus status) implements EngineState {}

    /** It was running and went away; what is on the screen is the last that is known. */
    record Reconnecting() implements EngineState {}

    /** It cannot be reached or started. The window tries again by itself, seldom. */
    record Unavailable(CramdiskException error) implements EngineState {}
}
