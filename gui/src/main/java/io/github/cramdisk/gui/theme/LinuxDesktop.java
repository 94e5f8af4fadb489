// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.theme;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Asks a Linux desktop whether it prefers dark windows, by best effort: the settings portal (every desktop with
 * xdg-desktop-portal), then GNOME's settings, then GTK_THEME. Where nobody answers: light.
 */
public final class LinuxDesktop implements ThemeModel.DesktopPreference {
    private static final String COLOUR_SCHEME = "color-scheme";

    private static final List<String> GSETTINGS =
            List.of("gsettings", "get", "org.gnome.desktop.interface", COLOUR_SCHEME);
    private static final long PATIENCE_MILLIS = 1500;

    private final Map<String, String> environment;

    public LinuxDesktop(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Look preferred() {
        // 0 no preference, 1 higher contrast (org.freedesktop.appearance)
        if (hasSession() && ask(portal("contrast")).orElse("").contains("uint32 1")) {
            return Look.CONTRAST;
        }
        return prefersDark() ? Look.DARK : Look.LIGHT;
    }

    private boolean hasSession() {
        return environment.containsKey("DBUS_SESSION_BUS_ADDRESS") || environment.containsKey("XDG_CURRENT_DESKTOP");
    }

    private boolean prefersDark() {
        if (hasSession()) {
            Optional<String> portal = ask(portal(COLOUR_SCHEME));
            if (portal.isPresent()) {
                // 0 no preference, 1 dark, 2 light (org.freedesktop.appearance)
                return portal.get().contains("uint32 1");
            }
            Optional<String> gnome = ask(GSETTINGS);
            if (gnome.isPresent()) {
                return gnome.get().contains("dark");
            }
        }
        String gtk = environment.getOrDefault("GTK_THEME", "").toLowerCase(Locale.ROOT);
        return gtk.endsWith(":dark") || gtk.endsWith("-dark");
    }

    private static List<String> portal(String setting) {
        return List.of(
                "gdbus",
                "call",
                "--session",
                "--timeout=1",
                "--dest=org.freedesktop.portal.Desktop",
                "--object-path=/org/freedesktop/portal/desktop",
                "--method=org.freedesktop.portal.Settings.Read",
                "org.freedesktop.appearance",
                setting);
    }

    private static Optional<String> ask(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.exitValue() == 0 ? Optional.of(answer) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // not installed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
