// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.wire;

import java.util.List;

/** A call over the bus that was answered by an error, or by nothing. */
public final class BusException extends Exception {
    private final String name;
    private final transient List<Object> arguments;

    /**
     * @param name of the error, such as {@code org.freedesktop.DBus.Error.NoReply}
     * @param arguments the body of the error message
     */
    public BusException(String name, List<Object> arguments) {
        super(name + (arguments.isEmpty() ? "" : ": " + arguments.get(0)));
        this.name = name;
        this.arguments = List.copyOf(arguments);
    }

    public String name() {
        return name;
    }

    /** The body of the error message; most have one text. */
    public List<Object> arguments() {
        return arguments;
    }

    /** The text of the error, or an empty one. */
    public String text() {
        return arguments.isEmpty() ? "" : String.valueOf(arguments.get(0));
    }
}
