// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.wire;

/** The errors of D-Bus itself that Cramdisk sends or tells apart; see the D-Bus specification and dbus-protocol.h. */
public final class BusErrors {
    public static final String NO_REPLY = "org.freedesktop.DBus.Error.NoReply";
    public static final String DISCONNECTED = "org.freedesktop.DBus.Error.Disconnected";
    public static final String FAILED = "org.freedesktop.DBus.Error.Failed";
    public static final String ACCESS_DENIED = "org.freedesktop.DBus.Error.AccessDenied";
    public static final String SERVICE_UNKNOWN = "org.freedesktop.DBus.Error.ServiceUnknown";
    public static final String NAME_HAS_NO_OWNER = "org.freedesktop.DBus.Error.NameHasNoOwner";
    public static final String UNKNOWN_OBJECT = "org.freedesktop.DBus.Error.UnknownObject";
    public static final String UNKNOWN_INTERFACE = "org.freedesktop.DBus.Error.UnknownInterface";
    public static final String UNKNOWN_METHOD = "org.freedesktop.DBus.Error.UnknownMethod";
    public static final String INVALID_ARGS = "org.freedesktop.DBus.Error.InvalidArgs";
    public static final String LIMITS_EXCEEDED = "org.freedesktop.DBus.Error.LimitsExceeded";

    private BusErrors() {}
}
