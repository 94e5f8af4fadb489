// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.bus;

import java.io.IOException;
import java.lang.System.Logger.Level;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.interfaces.FatalException;
import org.freedesktop.dbus.messages.DBusSignal;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MethodCall;
import org.freedesktop.dbus.spi.message.IMessageReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages and hands calls and departures to the {@link IntakeListener}; only answers to the helper's own calls go
 * on to the D-Bus library. The library would parse the arguments of every call, known or not, on the thread that reads,
 * and an exception there makes it deaf for good.
 *
 * <p>Signals of others than the bus are dropped: anybody may send them, under any name.
 */
final class CallIntake implements IMessageReader {
    private static final System.Logger LOG = System.getLogger(CallIntake.class.getName());
    private static final String BUS = "org.freedesktop.DBus";
    private static final String NAME_OWNER_CHANGED = "NameOwnerChanged";
    private static final int NAME = 0;
    private static final int NEW_OWNER = 2;
    private static final int NAME_OWNER_CHANGED_ARGUMENTS = 3;

    private final IMessageReader reader;
    private final IntakeListener listener;

    CallIntake(IMessageReader reader, IntakeListener listener) {
        this.reader = reader;
        this.listener = listener;
    }

    /** Returns null, which the library takes for "not yet", for everything that is not its business. */
    @Override
    public @Nullable Message readMessage() throws IOException, DBusException {
        Message message;
        try {
            message = reader.readMessage();
        } catch (DBusException e) {
            if (e instanceof FatalException) {
                throw e;
            }
            // The reader is past the message and in step; nobody who writes valid D-Bus is hurt by silence.
            LOG.log(Level.WARNING, "a message that cannot be read was dropped: " + e.getMessage());
            return null;
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "a message that cannot be read was dropped: " + e);
            return null;
        }
        if (message instanceof MethodCall call) {
            listener.called(call);
            return null;
        }
        if (message instanceof DBusSignal signal) {
            if (BUS.equals(signal.getSource()) && BUS.equals(signal.getInterface())) {
                return ofTheBus(signal);
            }
            return null;
        }
        return message;
    }

    private @Nullable Message ofTheBus(DBusSignal signal) throws DBusException {
        if (!NAME_OWNER_CHANGED.equals(signal.getName())) {
            return signal;
        }
        Object[] arguments = signal.getParameters();
        if (arguments != null
                && arguments.length == NAME_OWNER_CHANGED_ARGUMENTS
                && "".equals(arguments[NEW_OWNER])
                && arguments[NAME] instanceof String name
                && name.startsWith(":")) {
            listener.left(name);
        }
        return null;
    }

    @Override
    public boolean isClosed() {
        return reader.isClosed();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
