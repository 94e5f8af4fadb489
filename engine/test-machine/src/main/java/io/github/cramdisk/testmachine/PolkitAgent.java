// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.testmachine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.freedesktop.PolicyKit1.Error.Cancelled;
import org.freedesktop.dbus.Struct;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.annotations.Position;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MethodCall;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.UInt64;
import org.freedesktop.dbus.types.Variant;

/**
 * An authentication agent for one process, as a program of its own: {@code PolkitAgent PID dismiss|wait}. Prints
 * {@code registered}, {@code asked MESSAGE} and {@code withdrawn}.
 */
public final class PolkitAgent {
    private static final String POLKIT = "org.freedesktop.PolicyKit1";
    private static final String PATH = "/io/github/cramdisk/TestAgent";

    private PolkitAgent() {}

    /** What polkit calls. */
    @DBusInterfaceName("org.freedesktop.PolicyKit1.AuthenticationAgent")
    public interface Agent extends DBusInterface {
        void BeginAuthentication(
                String actionId,
                String message,
                String icon,
                Map<String, String> details,
                String cookie,
                List<Identity> identities);

        void CancelAuthentication(String cookie);
    }

    /** {@code (sa{sv})} */
    public static final class Identity extends Struct {
        @Position(0)
        public final String kind;

        @Position(1)
        public final Map<String, Variant<?>> details;

        public Identity(String kind, Map<String, Variant<?>> details) {
            this.kind = kind;
            this.details = details;
        }
    }

    private static final class Behaviour implements Agent {
        private final boolean dismiss;
        private final CountDownLatch withdrawn = new CountDownLatch(1);

        Behaviour(boolean dismiss) {
            this.dismiss = dismiss;
        }

        @Override
        public void BeginAuthentication(
                String actionId,
                String message,
                String icon,
                Map<String, String> details,
                String cookie,
                List<Identity> identities) {
            System.out.println("asked " + message);
            if (!dismiss) {
                try {
                    withdrawn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            throw new Cancelled("closed");
        }

        @Override
        public void CancelAuthentication(String cookie) {
            System.out.println("withdrawn");
            withdrawn.countDown();
        }

        @Override
        public String getObjectPath() {
            return PATH;
        }
    }

    public static void main(String[] arguments) throws Exception {
        DBusConnection connection = DBusConnectionBuilder.forSystemBus()
                .withShared(false)
                .receivingThreadConfig()
                .withMethodCallThreadCount(4)
                .connectionConfig()
                .build();
        connection.exportObject(PATH, new Behaviour(arguments[1].equals("dismiss")));
        Object[] subject = {
            "unix-process",
            Map.of(
                    "pid", new Variant<>(new UInt32(arguments[0])),
                    "start-time", new Variant<>(new UInt64(startTime(arguments[0]))))
        };
        MethodCall call = connection
                .getMessageFactory()
                .createMethodCall(
                        POLKIT,
                        "/org/freedesktop/PolicyKit1/Authority",
                        POLKIT + ".Authority",
                        "RegisterAuthenticationAgent",
                        (byte) 0,
                        "(sa{sv})ss",
                        subject,
                        "C.UTF-8",
                        PATH);
        connection.sendMessage(call);
        Message reply = call.getReply();
        if (reply instanceof org.freedesktop.dbus.messages.Error error) {
            throw error.getException();
        }
        System.out.println("registered");
        Thread.currentThread().join();
    }

    /** Field 22 of proc_pid_stat(5). */
    private static long startTime(String pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", pid, "stat"));
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19]);
    }
}
