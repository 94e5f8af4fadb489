// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import static io.github.cramdisk.gui.app.TestWindow.onFx;
import static io.github.cramdisk.gui.app.TestWindow.runOnFx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cramdisk.api.rpc.EngineClient;
import io.github.cramdisk.testmachine.Command;
import io.github.cramdisk.testmachine.PrivateMachine;
import io.github.cramdisk.testmachine.Requirements;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;

/**
 * The window on the engine of an unprivileged user, who mounts through the installed helper: over a real system bus, with a
 * real polkit. The name of a directory decides what polkit says; see {@code private-machine.sh}.
 */
@Tag("long")
final class WindowOnHelperIT {
    private static final String USER = PrivateMachine.USER;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static PrivateMachine machine;
    private static String cramdisk = "";

    private final FxRobot robot = new FxRobot();

    @TempDir
    Path settings = Path.of("");

    @BeforeAll
    static void startMachine() throws IOException {
        Requirements.root();
        Requirements.programs("unshare", "nsenter", "setpriv", "dbus-daemon", "useradd");
        machine = PrivateMachine.start();
        cramdisk = machine.copyOfCheckout();
    }

    @AfterAll
    static void stopMachine() throws IOException {
        if (machine != null) {
            machine.close();
        }
    }

    @BeforeEach
    void startEngine() {
        machine.run(USER, cramdisk, "engine", "start").succeeded();
    }

    @AfterEach
    void stopEngine() {
        machine.run(USER, cramdisk, "engine", "stop");
        machine.mountsUnder("/home/cdtest").forEach(target -> machine.run("root", "umount", target));
    }

    private static EngineClient connect() {
        // The window is outside of the machine, which makes no difference: all that it does is done by the engine.
        return EngineClient.connect(
                machine.root().resolve("run/user-" + USER + "/cramdisk/engine.sock"), EngineClient.Timeouts.DEFAULT);
    }

    private static long engineProcess() {
        try (EngineClient engine = connect()) {
            return engine.status().pid();
        }
    }

    private TestWindow open() {
        TestWindow window = TestWindow.open(WindowOnHelperIT::connect, settings.resolve("gui.properties"), 1200, 800);
        await().atMost(PATIENCE)
                .until(() ->
                        onFx(() -> window.window().shell().sceneryProperty().get()) == ShellModel.Scenery.PAGE);
        robot.clickOn("#nav-volumes");
        await().atMost(PATIENCE).until(() -> isThere("#new-volume") && !isThere("#volumes-loading"));
        return window;
    }

    /** Whether it is shown: what is in a hidden box is not. */
    private boolean isThere(String selector) {
        return robot.lookup(selector)
                .tryQuery()
                .filter(WindowOnHelperIT::isShown)
                .isPresent();
    }

    private static boolean isShown(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return true;
    }

    private String text(String selector) {
        return robot.lookup(selector).queryAs(Label.class).getText();
    }

    /** Fills the form and presses its button. */
    private void mountTmpfs(String target) {
        robot.clickOn("#new-volume").clickOn("#new-tmpfs");
        await().atMost(PATIENCE)
                .until(() -> onFx(() -> robot.lookup("#target")
                        .tryQuery()
                        .filter(Node::isFocused)
                        .isPresent()));
        robot.write(target);
        robot.clickOn("#size").push(KeyCode.CONTROL, KeyCode.A).write("16M");
        assertThat(text("#command")).isEqualTo("cramdisk tmpfs mount " + target + " --size 16M --mkdir");
        robot.clickOn("#mount");
    }

    /** The form stays, with what was typed and why nothing was mounted. */
    private void assertRefused(String target) {
        await().atMost(PATIENCE).until(() -> isThere("#engine-error") && isThere("#mount"));
        assertThat(isThere("#tmpfs-dialog")).isTrue();
        assertThat(robot.lookup("#target").queryAs(TextField.class).getText()).isEqualTo(target);
        assertThat(machine.mountsUnder("/home/cdtest")).isEmpty();
    }

    @Test
    void mountsFromTheFormAndUnmountsWhereTheUserMay() {
        String target = "/home/cdtest/allowed";
        String id = "volume-home-cdtest-allowed";
        try (TestWindow window = open()) {
            mountTmpfs(target);
            await().atMost(PATIENCE).until(() -> machine.mountsUnder(target).equals(List.of(target)));
            await().atMost(PATIENCE).until(() -> !isThere("#tmpfs-dialog"));
            robot.clickOn("#nav-volumes");
            await().atMost(PATIENCE).until(() -> isThere("#" + id));
            window.shoot("helper-mounted");
            assertThat(machine.run("root", "grep", " " + target + " ", "/proc/self/mountinfo")
                            .out())
                    .contains("nosuid,nodev", " - tmpfs ", "size=16384k");
            machine.run(USER, "sh", "-c", "echo x > " + target + "/file").succeeded();

            runOnFx(() -> robot.lookup("#menu" + id).queryAs(MenuButton.class).getItems().stream()
                    .filter(item -> item.getText().startsWith("Unmount"))
                    .forEach(javafx.scene.control.MenuItem::fire));
            robot.clickOn("#erase-confirm");
            await().atMost(PATIENCE).until(() -> machine.mountsUnder(target).isEmpty() && !isThere("#" + id));
        }
    }

    @Test
    void saysWhoMayWhereItIsDenied() {
        String target = "/home/cdtest/denied";
        try (TestWindow window = open()) {
            mountTmpfs(target);
            assertRefused(target);
            window.shoot("helper-denied");
            assertThat(text("#engine-error")).startsWith("You are not authorised to mount a tmpfs (16M) at " + target);
            assertThat(text("#refusal-command"))
                    .isEqualTo("pkaction --verbose --action-id io.github.cramdisk.helper.mount");
        }
    }

    @Test
    void saysThatNobodyCouldAskAndHowATerminalCan() {
        String target = "/home/cdtest/asked-1";
        try (TestWindow window = open()) {
            mountTmpfs(target);
            assertRefused(target);
            window.shoot("helper-no-agent");
            assertThat(text("#engine-error")).contains("a password is needed, but nothing here can ask for it");
            assertThat(text("#refusal-command")).startsWith("cramdisk tmpfs mount " + target + " --size 16M");
        }
    }

    @Test
    void saysThatThePromptWasClosedAndAsksAgain() throws IOException {
        String target = "/home/cdtest/asked-2";
        try (PrivateMachine.Agent agent = machine.agent(engineProcess(), "dismiss");
                TestWindow window = open()) {
            mountTmpfs(target);
            assertThat(agent.next(line -> line.startsWith("asked")))
                    .isEqualTo("asked Authentication is required to mount a tmpfs (16M) at " + target);
            assertRefused(target);
            window.shoot("helper-dismissed");
            assertThat(text("#engine-error")).startsWith("You closed the password prompt");
            assertThat(text("#refusal-advice")).contains("Press the button again");

            robot.clickOn("#mount");
            assertThat(agent.next(line -> line.startsWith("asked"))).endsWith(target);
        }
    }

    @Test
    void givesTheOneCommandWhereTheHelperIsNotInstalled() {
        String script = PrivateMachine.checkout() + "/installer/install-helper";
        String target = "/home/cdtest/allowed-not";
        String command = "/usr/local/lib/cramdisk-checkout/installer/install-helper";
        machine.run("root", script, "--uninstall").succeeded();
        try (TestWindow window = open()) {
            mountTmpfs(target);
            assertRefused(target);
            window.shoot("helper-missing");
            assertThat(text("#engine-error")).contains("not installed").doesNotContain(command);
            assertThat(text("#refusal-command")).isEqualTo(command);

            Command.Result line = machine.run(USER, cramdisk, "tmpfs", "mount", target, "--size", "16M", "--mkdir");
            assertThat(line.exitCode()).as("%s", line).isEqualTo(4);
            assertThat(line.err()).contains("not installed", command);
            // All else works.
            assertThat(machine.run(USER, cramdisk, "disk", "create", "d", "--size", "16M")
                            .exitCode())
                    .isZero();
            machine.run(USER, cramdisk, "disk", "remove", "d", "--force").succeeded();

            machine.run("root", script).succeeded();
            robot.clickOn("#mount");
            await().atMost(PATIENCE).until(() -> machine.mountsUnder(target).equals(List.of(target)));
        }
    }
}
