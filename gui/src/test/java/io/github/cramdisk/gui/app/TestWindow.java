// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import static org.testfx.util.WaitForAsyncUtils.asyncFx;
import static org.testfx.util.WaitForAsyncUtils.waitFor;
import static org.testfx.util.WaitForAsyncUtils.waitForFxEvents;

import io.github.cramdisk.gui.FakeEngine;
import io.github.cramdisk.gui.common.Settings;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.engine.EngineConnector;
import io.github.cramdisk.gui.theme.Look;
import io.github.cramdisk.gui.theme.ThemeChoice;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.Parent;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.transform.Scale;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;

/** The real window on some engine, on the display of the test run. */
public final class TestWindow implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target/screenshots");

    private final Window window;
    private final Stage stage;

    private TestWindow(Window window, Stage stage) {
        this.window = window;
        this.stage = stage;
    }

    /** Opens the window and waits until it is shown. */
    public static TestWindow open(EngineConnector connector, Path settingsFile, double width, double height) {
        return open(connector, settingsFile, width, height, Tasks.ofWindow());
    }

    /** The same with threads of the test's choice. */
    static TestWindow open(EngineConnector connector, Path settingsFile, double width, double height, Tasks tasks) {
        if (System.getenv("DISPLAY") == null) {
            throw new IllegalStateException(
                    "Tests of the window need a display. Run them with xvfb-run, or leave them out: -pl '!gui'");
        }
        try {
            Stage stage = FxToolkit.registerPrimaryStage();
            TestWindow opened = onFx(() -> {
                Settings settings = new Settings(settingsFile);
                settings.put("window.width", Double.toString(width));
                settings.put("window.height", Double.toString(height));
                Window window = new Window(connector, () -> Look.LIGHT, settings, tasks);
                window.show(stage);
                return new TestWindow(window, stage);
            });
            waitForFxEvents();
            runOnFx(() -> {
                opened.stage.setX(0);
                opened.stage.setY(0);
                // Larger than the display, if a picture wants it.
                opened.stage.setWidth(width);
                opened.stage.setHeight(height);
                opened.stage.toFront();
                opened.stage.requestFocus();
            });
            // Without a window manager only a press gives the window the keyboard.
            new FxRobot().clickOn(".brand-name");
            return opened;
        } catch (TimeoutException e) {
            throw new IllegalStateException("the toolkit does not start", e);
        }
    }

    public Window window() {
        return window;
    }

    public Stage stage() {
        return stage;
    }

    public static <T> T onFx(Callable<T> work) {
        Future<T> future = asyncFx(work);
        try {
            return waitFor(20, TimeUnit.SECONDS, future);
        } catch (TimeoutException e) {
            throw new IllegalStateException("the window hangs", e);
        }
    }

    public static void runOnFx(Runnable work) {
        Object unused = onFx(() -> {
            work.run();
            return "";
        });
        waitForFxEvents();
    }

    /** Lets {@code count} half seconds pass in the engine, one after the other as the window sees them. */
    public static void pass(FakeEngine engine, int count) {
        for (int i = 0; i < count; i++) {
            engine.tick();
            waitForFxEvents(1);
        }
        waitForFxEvents();
    }

    public void theme(ThemeChoice choice) {
        runOnFx(() -> window.theme().choiceProperty().set(choice));
    }

    /** Writes what the window shows to {@code target/screenshots}. */
    public void shoot(String name) {
        shoot(name, 1);
    }

    /** Writes what the window shows on a screen with {@code scale} pixels for each of its own. */
    public void shoot(String name, double scale) {
        waitForFxEvents();
        WritableImage image = onFx(() -> {
            Parent root = stage.getScene().getRoot();
            SnapshotParameters large = new SnapshotParameters();
            large.setTransform(new Scale(scale, scale));
            large.setFill(stage.getScene().getFill());
            return root.snapshot(large, null);
        });
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        int[] pixels = new int[width * height];
        image.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        copy.setRGB(0, 0, width, height, pixels, 0, width);
        try {
            Files.createDirectories(SCREENSHOTS);
            ImageIO.write(copy, "png", SCREENSHOTS.resolve(name + ".png").toFile());
        } catch (IOException e) {
            throw new IllegalStateException("the screenshot cannot be written", e);
        }
    }

    /** The robot's toolkit keeps every event, and with it every node, until the stage is registered anew. */
    static void forgetEvents() {
        try {
            FxToolkit.registerPrimaryStage();
        } catch (TimeoutException e) {
            throw new IllegalStateException("the toolkit does not answer", e);
        }
    }

    @Override
    public void close() {
        runOnFx(() -> {
            window.close();
            stage.hide();
        });
        forgetEvents();
    }
}
