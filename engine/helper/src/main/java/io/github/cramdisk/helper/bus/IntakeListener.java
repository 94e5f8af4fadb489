// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.bus;

import org.freedesktop.dbus.messages.MethodCall;

/** Gets what the {@link CallIntake} lets through. Called on the one thread that reads: must return at once. */
public interface IntakeListener {
    /** A call of anybody. Its arguments have not been parsed, and parsing may fail in any way. */
    void called(MethodCall call);

    /** A connection has left the bus; its unique name is never given to another. */
    void left(String uniqueName);
}
