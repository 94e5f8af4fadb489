// SPDX-License-Identifier: Apache-2.0
package org.freedesktop.PolicyKit1.Error;

import org.freedesktop.dbus.exceptions.DBusExecutionException;

/** The error of an agent whose user closed the question; on the bus it has the name of this class. */
public final class Cancelled extends DBusExecutionException {
    public Cancelled(String message) {
        super(message);
    }
}
