// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.activity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On a session bus of its own: what arrives there is what the desktop would get. */
final class DesktopNotifierTest {
    @Test
    @Timeout(60)
    void theDesktopGetsTheTextAsItIsWritten() throws IOException {
        Process bus = start(List.of("dbus-daemon", "--session", "--nofork", "--print-address"));
        Process monitor = null;
        try {
            String address = Objects.requireNonNull(reader(bus).readLine());
            monitor = start(List.of("dbus-monitor", "--address", address, "member='Notify'"));
            BufferedReader seen = reader(monitor);
            // The monitor's own first message says that it listens.
            assertThat(seen.readLine()).contains("NameAcquired");
            boolean taken = new DesktopNotifier(Map.of("DBUS_SESSION_BUS_ADDRESS", address))
                    .show("Cramdisk: it's \"x\"", "90 % <of> 2 GiB & more", true);
            assertThat(taken).as("nobody on this bus shows notifications").isFalse();
            String line = seen.readLine();
            while (!line.contains("member=Notify")) {
                line = seen.readLine();
            }
            StringBuilder call = new StringBuilder();
            for (int i = 0; i < 5; i++) {
                call.append(seen.readLine()).append('\n');
            }
            assertThat(call.toString()).contains("\"Cramdisk: it's \"x\"\"", "\"90 % &lt;of&gt; 2 GiB &amp; more\"");
        } finally {
            if (monitor != null) {
                monitor.destroy();
            }
            bus.destroy();
        }
    }

    @Test
    void withoutASessionBusNothingHappens() {
        assertThat(new DesktopNotifier(Map.of()).show("title", "body", false)).isFalse();
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}
