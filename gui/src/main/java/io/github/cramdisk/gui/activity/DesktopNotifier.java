// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.activity;

import io.github.cramdisk.gui.common.Texts;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Shows notifications by the desktop's own service (freedesktop Desktop Notifications 1.2, over the session bus). Where
 * there is no session bus, or nobody on it shows notifications, nothing happens: the window has its own history.
 */
public final class DesktopNotifier {
    private static final System.Logger LOG = System.getLogger(DesktopNotifier.class.getName());
    private static final String BUS = "DBUS_SESSION_BUS_ADDRESS";
    private static final long PATIENCE_SECONDS = 5;
    private static final int SHOWN_MILLIS = 10_000;

    private final Map<String, String> environment;

    /** @param environment says where the session bus is */
    public DesktopNotifier(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Blocks for a moment. Call it off the window's thread.
     *
     * @param urgent stays until it is closed
     * @return whether a service of the desktop took it
     */
    public boolean show(String title, String body, boolean urgent) {
        String bus = environment.get(BUS);
        if (bus == null || bus.isEmpty()) {
            return false;
        }
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        "gdbus",
                        "call",
                        "--session",
                        "--timeout=3",
                        "--dest=org.freedesktop.Notifications",
                        "--object-path=/org/freedesktop/Notifications",
                        "--method=org.freedesktop.Notifications.Notify",
                        quoted(Texts.of("app.name")),
                        "0",
                        quoted("io.github.cramdisk.Cramdisk"),
                        quoted(title),
                        quoted(withoutMarkup(body)),
                        "[]",
                        "{'urgency': <byte " + (urgent ? 2 : 1) + ">}",
                        Integer.toString(SHOWN_MILLIS)))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put(BUS, bus);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "no notifications of the desktop", e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A string in the text format of GVariant. */
    static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
    }

    /** The body of a notification may be marked up, so what is no markup has to be said. */
    static String withoutMarkup(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
