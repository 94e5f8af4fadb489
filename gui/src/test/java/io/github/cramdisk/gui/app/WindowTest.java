// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import static io.github.cramdisk.gui.app.TestWindow.onFx;
import static io.github.cramdisk.gui.app.TestWindow.pass;
import static io.github.cramdisk.gui.app.TestWindow.runOnFx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.gui.FakeEngine;
import io.github.cramdisk.gui.create.Purpose;
import io.github.cramdisk.gui.memorybar.MemoryBar;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javafx.geometry.Bounds;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;

/** What a person does with pointer and keyboard, on the real window over an engine with made-up numbers. */
final class WindowTest {
    private final FxRobot robot = new FxRobot();
    private final AtomicReference<@Nullable TestWindow> opened = new AtomicReference<>();

    @TempDir
    Path directory;

    private TestWindow open(FakeEngine engine) {
        TestWindow window = TestWindow.open(() -> engine, directory.resolve("gui.properties"), 1200, 800);
        opened.set(window);
        awaitScenery(window, ShellModel.Scenery.PAGE);
        return window;
    }

    private static void awaitScenery(TestWindow window, ShellModel.Scenery scenery) {
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        onFx(() -> window.window().shell().sceneryProperty().get()) == scenery);
    }

    @AfterEach
    void close() {
        TestWindow window = opened.get();
        if (window != null) {
            window.close();
        }
    }

    private <N extends Node> N find(String selector, Class<N> type) {
        return robot.lookup(selector).queryAs(type);
    }

    private boolean isThere(String selector) {
        return robot.lookup(selector).tryQuery().filter(Node::isVisible).isPresent();
    }

    @Test
    void drawsOutADiskWithThePointer() {
        FakeEngine engine = FakeEngine.withThreeDisks();
        open(engine);
        MemoryBar bar = find("#memory-bar", MemoryBar.class);
        Bounds free = onFx(() -> {
            Node part = bar.lookup(".part-free");
            return part.localToScreen(part.getBoundsInLocal());
        });
        double y = free.getCenterY();
        robot.moveTo(free.getMinX() + 40, y).press(MouseButton.PRIMARY);
        robot.moveTo(free.getMinX() + 140, y).moveTo(free.getMinX() + 180, y);
        long drawn = onFx(() -> bar.drawnBytesProperty().get());
        assertThat(drawn).isPositive();
        assertThat(isThere(".size-bubble")).isTrue();
        robot.release(MouseButton.PRIMARY);

        assertThat(isThere("#create-dialog")).isTrue();
        TextField size = find("#size", TextField.class);
        assertThat(ByteSize.parse(size.getText()).bytes()).isEqualTo(drawn);
    }

    @Test
    void escapeTakesADrawingBackWhileThePointerIsDown() {
        open(FakeEngine.withThreeDisks());
        MemoryBar bar = find("#memory-bar", MemoryBar.class);
        Bounds free = onFx(() -> {
            Node part = bar.lookup(".part-free");
            return part.localToScreen(part.getBoundsInLocal());
        });
        robot.moveTo(free.getMinX() + 40, free.getCenterY()).press(MouseButton.PRIMARY);
        robot.moveTo(free.getMinX() + 150, free.getCenterY());
        assertThat(onFx(() -> bar.drawnBytesProperty().get())).isPositive();
        robot.type(KeyCode.ESCAPE);
        assertThat(onFx(() -> bar.drawnBytesProperty().get())).isZero();
        robot.release(MouseButton.PRIMARY);
        assertThat(isThere("#create-dialog")).isFalse();
    }

    private Bounds edge(String name) {
        return onFx(() -> {
            Node handle = find("#edge-" + name, Node.class);
            return handle.localToScreen(handle.getBoundsInLocal());
        });
    }

    @Test
    void draggingAnEdgeChangesTheLimitAndCanBeUndone() {
        FakeEngine engine = FakeEngine.withThreeDisks();
        open(engine);
        long before = ByteSize.ofGibi(2).bytes();
        Bounds edge = edge("builds");
        robot.moveTo(edge.getCenterX(), edge.getCenterY()).press(MouseButton.PRIMARY);
        robot.moveTo(edge.getCenterX() + 30, edge.getCenterY()).moveTo(edge.getCenterX() + 60, edge.getCenterY());
        assertThat(isThere(".size-bubble")).isTrue();
        assertThat(isThere(".limit-ghost")).isTrue();
        assertThat(engine.showDisk("builds").ramLimitBytes()).isEqualTo(before);
        robot.release(MouseButton.PRIMARY);
        await().until(() -> isThere("#toast") && isThere("#undo"));
        assertThat(isThere(".size-bubble")).isFalse();
        assertThat(engine.showDisk("builds").ramLimitBytes()).isGreaterThan(before);
        robot.clickOn("#undo");
        await().until(() ->
                Long.valueOf(before).equals(engine.showDisk("builds").ramLimitBytes()));
    }

    @Test
    void escapeLeavesAnEdgeWhereItWas() {
        FakeEngine engine = FakeEngine.withThreeDisks();
        open(engine);
        Bounds edge = edge("builds");
        robot.moveTo(edge.getCenterX(), edge.getCenterY()).press(MouseButton.PRIMARY);
        robot.moveTo(edge.getCenterX() + 60, edge.getCenterY());
        robot.type(KeyCode.ESCAPE).release(MouseButton.PRIMARY);
        assertThat(isThere(".size-bubble")).isFalse();
        assertThat(isThere("#toast")).isFalse();
    }

    @Test
    void keysMoveTheFocusedEdgeAndSpeakItsValue() {
        FakeEngine engine = FakeEngine.withThreeDisks();
        engine.volumes().addSome();
        open(engine);
        pass(engine, 1);
        Node edge = find("#edge-build", Node.class);
        assertThat(edge.getAccessibleText()).isEqualTo("build may take: 2.0 GiB");
        runOnFx(edge::requestFocus);
        robot.type(KeyCode.RIGHT, 2);
        assertThat(edge.getAccessibleText()).isEqualTo("build may take: 2.5 GiB");
        assertThat(edge.queryAccessibleAttribute(AccessibleAttribute.VALUE))
                .isEqualTo((double) ByteSize.ofMebi(2560).bytes());
        robot.type(KeyCode.ENTER);
        await().until(() -> isThere("#toast"));
        assertThat(find("#toast-text", Label.class).getText()).isEqualTo("build may take up to 2.5 GiB now.");

        runOnFx(edge::requestFocus);
        robot.write("100m").type(KeyCode.ENTER);
        // Less than it holds: the edge is still held, and the bubble says why.
        assertThat(isThere(".size-bubble")).isTrue();
        robot.type(KeyCode.ESCAPE);
        assertThat(isThere(".size-bubble")).isFalse();
    }

    @Test
    void aRefusedResizeSaysWhy() {
        FakeEngine engine = FakeEngine.withThreeDisks();
        engine.volumes().addSome();
        open(engine);
        pass(engine, 1);
        engine.volumes().refuseNext(new CramdiskException(ErrorKind.NOT_AUTHORISED, "change it", "some.action"));
        runOnFx(() -> find("#edge-build", Node.class).requestFocus());
        robot.write("3g").type(KeyCode.ENTER);
        await().until(() -> isThere("#toast"));
        assertThat(find("#toast-text", Label.class).getText()).startsWith("You are not authorised to change it.");
        assertThat(isThere("#undo")).isFalse();
    }

    @Test
    void adoptsAVolumeFromTheList() {
        FakeEngine engine = new FakeEngine();
        engine.volumes().addSome();
        open(engine);
        pass(engine, 1);
        runOnFx(() ->
                find("#adopt-srv-scratch", javafx.scene.control.Hyperlink.class).fire());
        await().until(() -> isThere("#toast"));
        pass(engine, 1);
        assertThat(isThere("#card-srv-scratch")).isTrue();
    }

    @Test
    void createsADiskByKeyboardAlone() {
        FakeEngine engine = new FakeEngine();
        open(engine);
        pass(engine, 1);
        runOnFx(() -> find("#memory-bar", MemoryBar.class).requestFocus());
        robot.type(KeyCode.RIGHT, 3).type(KeyCode.ENTER);
        assertThat(isThere("#create-dialog")).isTrue();
        robot.write("keyboard").type(KeyCode.ENTER);
        await().until(() -> engine.listDisks().size() == 1);
        DiskInfo created = engine.listDisks().get(0);
        assertThat(created.name()).isEqualTo("keyboard");
        assertThat(created.sizeBytes()).isGreaterThan(ByteSize.ofGibi(1).bytes());
        await().until(() -> !isThere("#create-dialog"));
        pass(engine, 1);
        assertThat(isThere("#card-keyboard")).isTrue();
        assertThat(onFx(() -> find("#card-keyboard", Node.class).isFocused())).isTrue();
    }

    @Test
    void typingASizeOnTheBarOpensTheDialogWithIt() {
        open(FakeEngine.withThreeDisks());
        runOnFx(() -> find("#memory-bar", MemoryBar.class).requestFocus());
        robot.write("1.5g").type(KeyCode.ENTER);
        assertThat(find("#size", TextField.class).getText()).isEqualTo("1.5G");
    }

    @Test
    void everyPurposeLeadsToItsFormAndKeepsTheSize() {
        open(FakeEngine.withThreeDisks());
        runOnFx(() -> find("#memory-bar", MemoryBar.class).requestFocus());
        robot.write("3g").type(KeyCode.ENTER);
        assertThat(isThere("#create-dialog")).isTrue();
        robot.clickOn("#purpose-scratch");
        assertThat(isThere("#tmpfs-dialog")).isTrue();
        assertThat(find("#size", TextField.class).getText()).isEqualTo("3G");
        assertThat(find("#purpose-scratch", Node.class).isFocused()).isTrue();
        robot.clickOn("#instead");
        assertThat(isThere("#zram-dialog")).isTrue();
        assertThat(find("#command", Label.class).getText())
                .isEqualTo("cramdisk zram create --size 3G --swap --priority 100");
        robot.clickOn("#purpose-expert").clickOn("#kind-ramfs");
        assertThat(isThere("#ramfs-dialog")).isTrue();
        robot.type(KeyCode.ESCAPE);
        assertThat(isThere(".dialog-card")).isFalse();
    }

    @Test
    void theDialogForbidsWhatIsWrongAndSaysWhy() {
        open(FakeEngine.withThreeDisks());
        robot.push(KeyCode.CONTROL, KeyCode.N);
        Button create = find("#create", Button.class);
        assertThat(create.isDisabled()).isFalse();
        robot.write("builds");
        assertThat(create.isDisabled()).isTrue();
        assertThat(robot.lookup(ErrorKind.DISK_EXISTS.sentence("builds")).tryQuery())
                .isPresent();
        robot.write("2");
        assertThat(create.isDisabled()).isFalse();
        assertThat(find("#command", Label.class).getText()).startsWith("cramdisk disk create builds2 --size 1G");
        robot.type(KeyCode.ESCAPE);
        assertThat(isThere("#create-dialog")).isFalse();
    }

    @Test
    void anErrorOfTheEngineIsShownInTheDialogAndNothingIsLost() {
        FakeEngine engine = FakeEngine.withThreeDisks();
        open(engine);
        robot.push(KeyCode.CONTROL, KeyCode.N);
        robot.write("mine");
        engine.refuseNext(new CramdiskException(ErrorKind.NOT_ENOUGH_MEMORY, "try less"));
        robot.clickOn("#create");
        await().until(() -> isThere("#engine-error"));
        assertThat(find("#engine-error", Label.class).getText())
                .isEqualTo(ErrorKind.NOT_ENOUGH_MEMORY.sentence("try less"));
        assertThat(find("#name", TextField.class).getText()).isEqualTo("mine");
    }

    @Test
    void theSizeIsDraggedInThePictureToo() {
        open(FakeEngine.withThreeDisks());
        robot.push(KeyCode.CONTROL, KeyCode.N);
        Node picture = find("#size-picture", Node.class);
        TextField size = find("#size", TextField.class);
        Bounds bounds = onFx(() -> picture.localToScreen(picture.getBoundsInLocal()));
        robot.moveTo(bounds.getMinX() + bounds.getWidth() * 0.6, bounds.getCenterY())
                .press(MouseButton.PRIMARY);
        robot.moveTo(bounds.getMinX() + bounds.getWidth() * 0.8, bounds.getCenterY())
                .release(MouseButton.PRIMARY);
        long dragged = ByteSize.parse(size.getText()).bytes();
        assertThat(dragged)
                .isBetween(ByteSize.ofGibi(5).bytes(), ByteSize.ofGibi(12).bytes());
        robot.type(KeyCode.LEFT);
        assertThat(ByteSize.parse(size.getText()).bytes()).isLessThan(dragged);
    }

    @Test
    void theFocusStaysInTheDialog() {
        TestWindow window = open(FakeEngine.withThreeDisks());
        robot.push(KeyCode.CONTROL, KeyCode.N);
        Node dialog = find("#create-dialog", Node.class);
        for (int i = 0; i < 25; i++) {
            robot.type(KeyCode.TAB);
            Node focused = onFx(() -> window.stage().getScene().getFocusOwner());
            assertThat(isInside(focused, dialog)).isTrue();
        }
    }

    private static boolean isInside(@Nullable Node node, Node ancestor) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at == ancestor) {
                return true;
            }
        }
        return false;
    }

    @Test
    void theDiskPageShowsLiveNumbersAndCopiesTheUri() {
        FakeEngine engine = FakeEngine.withThreeDisks();
        TestWindow window = open(engine);
        pass(engine, 10);
        robot.clickOn("#card-builds");
        assertThat(onFx(() -> window.window().shell().page())).isEqualTo(new Page.Disk("builds"));
        robot.clickOn("#disk-menu").clickOn("#copy-uri");
        String copied = onFx(() -> Clipboard.getSystemClipboard().getString());
        assertThat(copied).isEqualTo(engine.showDisk("builds").uri());
        robot.push(KeyCode.ALT, KeyCode.LEFT);
        assertThat(onFx(() -> window.window().shell().page())).isEqualTo(new Page.Overview());
    }

    @Test
    void aMenuFindsEveryColourOfTheTheme() {
        open(FakeEngine.withThreeDisks());
        List<String> warnings = new CopyOnWriteArrayList<>();
        Handler collector = new Handler() {
            @Override
            public void publish(LogRecord record) {
                warnings.add(record.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger styles = Logger.getLogger("javafx.css");
        styles.addHandler(collector);
        try {
            robot.clickOn("#card-builds").clickOn("#disk-menu");
            assertThat(isThere("#copy-uri")).isTrue();
        } finally {
            styles.removeHandler(collector);
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void removesADiskOnlyAfterSayingWhatIsLost() {
        FakeEngine engine = FakeEngine.withThreeDisks();
        TestWindow window = open(engine);
        runOnFx(() -> window.window().shell().goTo(new Page.Disk("builds")));
        robot.clickOn("#disk-menu").clickOn("#remove");
        assertThat(find("#erase-loss", Label.class).getText()).contains("of data will be lost");
        robot.type(KeyCode.ENTER);
        assertThat(engine.listDisks()).extracting(DiskInfo::name).contains("builds");
        robot.clickOn("#disk-menu").clickOn("#remove").clickOn("#erase-confirm");
        await().until(() ->
                engine.listDisks().stream().noneMatch(disk -> disk.name().equals("builds")));
        pass(engine, 1);
        assertThat(onFx(() -> window.window().shell().page())).isEqualTo(new Page.Overview());
        assertThat(isThere("#card-builds")).isFalse();
    }

    @Test
    void aDiskThatVanishesElsewhereLeavesNoPageBehind() {
        FakeEngine engine = FakeEngine.withThreeDisks();
        TestWindow window = open(engine);
        runOnFx(() -> window.window().shell().goTo(new Page.Disk("builds")));
        engine.removeDisk("builds", true);
        pass(engine, 1);
        assertThat(onFx(() -> window.window().shell().page())).isEqualTo(new Page.Overview());
    }

    @Test
    void aStartOpensTheVolumeThatItNames() {
        FakeEngine engine = FakeEngine.withThreeDisks();
        engine.volumes().addSome();
        TestWindow window = open(engine);
        runOnFx(() -> window.window().obey(new StartOptions(null, "builds", false)));
        assertThat(onFx(() -> window.window().shell().page())).isEqualTo(new Page.Disk("builds"));
        runOnFx(() -> window.window().obey(new StartOptions(null, "/srv/scratch", false)));
        pass(engine, 1);
        assertThat(onFx(() -> window.window().shell().page())).isEqualTo(new Page.Volume("/srv/scratch"));
        runOnFx(() -> window.window().obey(new StartOptions(null, "gone", false)));
        pass(engine, 8);
        assertThat(onFx(() -> window.window().shell().page())).isEqualTo(new Page.Overview());
        assertThat(find("#toast-text", Label.class).getText()).startsWith("There is no volume “gone”");
    }

    @Test
    void aStartOpensTheCreationOnceThereIsAnEngine() {
        FakeEngine engine = FakeEngine.withThreeDisks();
        AtomicReference<@Nullable Engine> reachable = new AtomicReference<>();
        TestWindow window = TestWindow.open(
                () -> {
                    Engine reached = reachable.get();
                    if (reached == null) {
                        throw new CramdiskException(ErrorKind.ENGINE_UNAVAILABLE, "it is not installed");
                    }
                    return reached;
                },
                directory.resolve("gui.properties"),
                1200,
                800);
        opened.set(window);
        awaitScenery(window, ShellModel.Scenery.NO_ENGINE);
        runOnFx(() -> window.window().obey(new StartOptions(Purpose.DISK, null, false)));
        assertThat(isThere("#create-dialog")).isFalse();
        reachable.set(engine);
        awaitScenery(window, ShellModel.Scenery.PAGE);
        assertThat(isThere("#create-dialog")).isTrue();
    }

    @Test
    void theEmptyStateInvitesToCreate() {
        FakeEngine engine = new FakeEngine();
        open(engine);
        robot.clickOn("#new-disk");
        assertThat(isThere("#create-dialog")).isTrue();
    }

    @Test
    void saysWhyThereIsNoEngineAndRetries() {
        AtomicReference<@Nullable Engine> reachable = new AtomicReference<>();
        TestWindow window = TestWindow.open(
                () -> {
                    Engine engine = reachable.get();
                    if (engine == null) {
                        throw new CramdiskException(ErrorKind.ENGINE_UNAVAILABLE, "it is not installed");
                    }
                    return engine;
                },
                directory.resolve("gui.properties"),
                1200,
                800);
        opened.set(window);
        awaitScenery(window, ShellModel.Scenery.NO_ENGINE);
        assertThat(find("#no-engine-sentence", Label.class).getText())
                .isEqualTo(ErrorKind.ENGINE_UNAVAILABLE.sentence("it is not installed"));
        // On the FX thread, so that the retry that comes by itself cannot take the button away in between.
        runOnFx(() -> {
            reachable.set(FakeEngine.withThreeDisks());
            find("#retry", Button.class).fire();
        });
        awaitScenery(window, ShellModel.Scenery.PAGE);
        assertThat(isThere("#card-builds")).isTrue();
    }

    @Test
    void ridesThroughTheDeathOfTheEngine() {
        FakeEngine first = FakeEngine.withThreeDisks();
        FakeEngine second = FakeEngine.withThreeDisks();
        AtomicBoolean restarted = new AtomicBoolean();
        TestWindow window =
                TestWindow.open(() -> restarted.get() ? second : first, directory.resolve("gui.properties"), 1200, 800);
        opened.set(window);
        awaitScenery(window, ShellModel.Scenery.PAGE);
        restarted.set(true);
        first.die();
        await().atMost(Duration.ofSeconds(10)).until(() -> second.subscribers() == 1);
        awaitScenery(window, ShellModel.Scenery.PAGE);
        assertThat(isThere("#card-builds")).isTrue();
    }
}
