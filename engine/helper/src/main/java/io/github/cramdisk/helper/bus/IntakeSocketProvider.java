// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.bus;

import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.freedesktop.dbus.spi.message.IMessageReader;
import org.freedesktop.dbus.spi.message.IMessageWriter;
import org.freedesktop.dbus.spi.message.ISocketProvider;
import org.freedesktop.dbus.transport.junixsocket.JUnixSocketSocketProvider;
import org.jspecify.annotations.Nullable;

/**
 * Puts the {@link CallIntake} in front of the D-Bus library. The library finds it by its service file, and makes it
 * itself: hence the static hand-over of the listener, before the connection is made.
 *
 * <p>The library takes the first provider of the class path that works, so the jar of the helper comes first there;
 * {@link #isInUse} says whether that went well, and the helper does not start otherwise.
 */
public final class IntakeSocketProvider implements ISocketProvider {
    private static final AtomicReference<@Nullable IntakeListener> LISTENER = new AtomicReference<>();
    private static final AtomicInteger READERS = new AtomicInteger();

    private final JUnixSocketSocketProvider sockets = new JUnixSocketSocketProvider();

    /** Who gets the calls and signals of connections made from now on. */
    public static void deliverTo(IntakeListener listener) {
        LISTENER.set(listener);
    }

    /** Whether a connection reads through an intake. */
    public static boolean isInUse() {
        return READERS.get() > 0;
    }

    @Override
    public @Nullable IMessageReader createReader(SocketChannel socket) {
        IMessageReader reader = sockets.createReader(socket);
        IntakeListener listener = LISTENER.get();
        if (reader == null || listener == null) {
            return reader;
        }
        READERS.incrementAndGet();
        return new CallIntake(reader, listener);
    }

    @Override
    public @Nullable IMessageWriter createWriter(SocketChannel socket) {
        return sockets.createWriter(socket);
    }

    /** No verb takes descriptors yet, and what is not negotiated the bus does not deliver: none can be leaked here. */
    @Override
    public boolean isFileDescriptorPassingSupported() {
        return false;
    }

    @Override
    public void setFileDescriptorSupport(boolean support) {
        sockets.setFileDescriptorSupport(false);
    }
}
