// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.wire;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.freedesktop.dbus.connections.IDisconnectCallback;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.messages.Error;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MethodCall;
import org.freedesktop.dbus.messages.constants.Flags;
import org.jspecify.annotations.Nullable;

/**
 * A private connection to the system bus: calls with a time limit of their own, answers to calls. Thread-safe. Objects
 * are not exported through it: what comes in is the business of whoever serves.
 */
public final class SystemBus implements AutoCloseable {
    /** What the bus itself and services without people behind them need at most. */
    public static final Duration QUICK = Duration.ofSeconds(25);

    /** Flag of a call: ALLOW_INTERACTIVE_AUTHORIZATION of the D-Bus specification; a person may be asked. */
    public static final byte MAY_ASK = 4;

    private static final String BUS = "org.freedesktop.DBus";
    private static final String BUS_PATH = "/org/freedesktop/DBus";
    private static final int REQUEST_NAME_DO_NOT_QUEUE = 4;
    private static final int REQUEST_NAME_PRIMARY_OWNER = 1;

    private final DBusConnection connection;

    private SystemBus(DBusConnection connection) {
        this.connection = connection;
    }

    /**
     * Connects to the bus at {@code DBUS_SYSTEM_BUS_ADDRESS}, or at its usual place.
     *
     * @param onGone called when the bus hangs up; not called after {@link #close}
     * @throws IOException when there is no bus to connect to
     */
    public static SystemBus connect(Runnable onGone) throws IOException {
        try {
            return new SystemBus(DBusConnectionBuilder.forSystemBus()
                    .withShared(false)
                    .withDisconnectCallback(new Gone(onGone))
                    .build());
        } catch (DBusException | DBusExecutionException e) {
            throw new IOException("the system bus cannot be reached: " + e.getMessage(), e);
        }
    }

    /** The unique name of this connection, such as {@code :1.42}. */
    public String uniqueName() {
        return connection.getUniqueName();
    }

    public boolean isConnected() {
        return connection.isConnected();
    }

    /**
     * Calls and waits for the answer.
     *
     * @param signature of the arguments; empty without any
     * @return the body of the answer; structures are {@code Object[]}
     * @throws BusException when an error comes back, or nothing within {@code patience}
     */
    public List<Object> call(
            String destination,
            String path,
            String interfaceName,
            String member,
            Duration patience,
            String signature,
            Object... arguments)
            throws BusException {
        return call(destination, path, interfaceName, member, (byte) 0, patience, signature, arguments);
    }

    /** As the other, with flags of the D-Bus specification, such as {@link #MAY_ASK}. */
    public List<Object> call(
            String destination,
            String path,
            String interfaceName,
            String member,
            byte flags,
            Duration patience,
            String signature,
            Object... arguments)
            throws BusException {
        try {
            MethodCall call = connection
                    .getMessageFactory()
                    .createMethodCall(
                            destination,
                            path,
                            interfaceName,
                            member,
                            flags,
                            signature.isEmpty() ? null : signature,
                            arguments);
            connection.sendMessage(call);
            Message reply = call.getReply(patience.toMillis());
            if (reply == null) {
                throw new BusException(BusErrors.NO_REPLY, List.of(member + " was not answered in time"));
            }
            List<Object> body = bodyOf(reply);
            if (reply instanceof Error) {
                // What the library itself answers when the connection ends has the name of a Java class.
                String name = connection.isConnected() ? reply.getName() : BusErrors.DISCONNECTED;
                throw new BusException(name, body);
            }
            return body;
        } catch (DBusException | DBusExecutionException e) {
            throw new BusException(
                    connection.isConnected() ? BusErrors.FAILED : BusErrors.DISCONNECTED,
                    List.of(String.valueOf(e.getMessage())));
        }
    }

    /** Calls a method of the bus itself. */
    public List<Object> callBus(String member, String signature, Object... arguments) throws BusException {
        return call(BUS, BUS_PATH, BUS, member, QUICK, signature, arguments);
    }

    /** @throws BusException when the name is refused to this user, or another process owns it */
    public void requestName(String name) throws BusException {
        List<Object> result =
                callBus("RequestName", "su", name, new org.freedesktop.dbus.types.UInt32(REQUEST_NAME_DO_NOT_QUEUE));
        if (result.isEmpty() || ((Number) result.get(0)).intValue() != REQUEST_NAME_PRIMARY_OWNER) {
            throw new BusException(BusErrors.FAILED, List.of("another process owns " + name));
        }
    }

    /** After this has returned, nothing more comes in that was sent to the name. */
    public void releaseName(String name) throws BusException {
        callBus("ReleaseName", "s", name);
    }

    /** Answers a call; says nothing if the caller wants no answer. */
    public void answer(MethodCall call, String signature, Object... values) throws DBusException {
        if (wantsAnswer(call)) {
            connection.sendMessage(connection
                    .getMessageFactory()
                    .createMethodReturn(call, signature.isEmpty() ? null : signature, values));
        }
    }

    /** Answers a call with an error; says nothing if the caller wants no answer. */
    public void refuse(MethodCall call, String errorName, String signature, Object... values) throws DBusException {
        if (wantsAnswer(call)) {
            connection.sendMessage(connection
                    .getMessageFactory()
                    .createError(call.getSource(), errorName, call.getSerial(), signature, values));
        }
    }

    private static boolean wantsAnswer(MethodCall call) {
        return (call.getFlags() & Flags.NO_REPLY_EXPECTED) == 0;
    }

    private static List<Object> bodyOf(Message message) throws DBusException {
        return List.of(Optional.ofNullable(message.getParameters()).orElse(new Object[0]));
    }

    @Override
    public void close() {
        connection.disconnect();
    }

    /** The library tells of an end in several ways; all but the one that was asked for are the same here. */
    private static final class Gone implements IDisconnectCallback {
        private final Runnable onGone;

        Gone(Runnable onGone) {
            this.onGone = onGone;
        }

        @Override
        public void disconnectOnError(@Nullable IOException e) {
            onGone.run();
        }

        @Override
        public void clientDisconnect() {
            onGone.run();
        }
    }
}
