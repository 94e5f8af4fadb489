// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

/** A request that the device refused or could not complete; the client gets {@link #error()}, the session goes on. */
public final class DeviceException extends Exception {
    private final NbdError error;

    /** Without a stack trace: a full disk refuses thousands of writes a second. */
    public DeviceException(NbdError error, String message) {
        super(message, null, false, false);
        this.error = error;
    }

    public NbdError error() {
        return error;
    }
}
