// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.memorybar;

import java.util.Optional;
import java.util.OptionalLong;
import javafx.event.EventHandler;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;

/** Turns pointer and keys into moves of the {@link Drawing} and, on the edges of volumes, of the {@link Resizing}. */
final class MemoryBarBehavior {
    private final MemoryBar bar;
    private final EventHandler<KeyEvent> keyHandler = this::onKey;
    private final EventHandler<KeyEvent> typedHandler = this::onTyped;
    private boolean pointerDown;

    MemoryBarBehavior(MemoryBar bar) {
        this.bar = bar;
        bar.addEventHandler(KeyEvent.KEY_PRESSED, keyHandler);
        bar.addEventHandler(KeyEvent.KEY_TYPED, typedHandler);
    }

    void dispose() {
        bar.removeEventHandler(KeyEvent.KEY_PRESSED, keyHandler);
        bar.removeEventHandler(KeyEvent.KEY_TYPED, typedHandler);
    }

    void onPressed(MouseEvent event, double x) {
        if (event.getButton() != MouseButton.PRIMARY) {
            return;
        }
        bar.requestFocus();
        bar.resizing().cancel();
        pointerDown = bar.drawing().press(x);
        bar.drawingChanged();
        event.consume();
    }

    void onDragged(MouseEvent event, double x) {
        if (pointerDown) {
            bar.drawing().dragTo(x, event.isShiftDown());
            bar.drawingChanged();
            event.consume();
        }
    }

    void onReleased(MouseEvent event) {
        if (pointerDown) {
            pointerDown = false;
            finish();
            event.consume();
        }
    }

    void onEdgePressed(MouseEvent event, EdgeHandle handle, double bytesPerPixel) {
        if (event.getButton() == MouseButton.PRIMARY) {
            handle.requestFocus();
            bar.drawing().cancel();
            pointerDown = bar.resizing().press(handle.part(), event.getSceneX(), bytesPerPixel);
            bar.drawingChanged();
            event.consume();
        }
    }

    void onEdgeDragged(MouseEvent event) {
        if (pointerDown) {
            bar.resizing().dragTo(event.getSceneX(), event.isShiftDown());
            bar.drawingChanged();
            event.consume();
        }
    }

    void onEdgeReleased(MouseEvent event) {
        if (pointerDown) {
            pointerDown = false;
            finishEdge();
            event.consume();
        }
    }

    /** Keys on the focused edge of a volume; consumed, so that the bar draws nothing at the same time. */
    void onEdgeKey(KeyEvent event, EdgeHandle handle, double bytesPerPixel) {
        Resizing resizing = bar.resizing();
        boolean fine = event.isShiftDown();
        if (event.isControlDown() || event.isAltDown() || event.isMetaDown()) {
            return;
        }
        switch (event.getCode()) {
            case RIGHT, UP, ADD, PLUS -> {
                hold(handle, bytesPerPixel);
                resizing.step(1, fine);
            }
            case LEFT, DOWN, SUBTRACT, MINUS -> {
                hold(handle, bytesPerPixel);
                resizing.step(-1, fine);
            }
            case HOME -> {
                hold(handle, bytesPerPixel);
                resizing.toLeast();
            }
            case END -> {
                hold(handle, bytesPerPixel);
                resizing.toMost();
            }
            case BACK_SPACE -> resizing.backspace();
            case ENTER -> {
                if (resizing.isActive() && resizing.isPossible()) {
                    finishEdge();
                }
            }
            case ESCAPE -> {
                if (!resizing.isActive()) {
                    return;
                }
                pointerDown = false;
                resizing.cancel();
            }
            default -> {
                return;
            }
        }
        bar.drawingChanged();
        event.consume();
    }

    void onEdgeTyped(KeyEvent event, EdgeHandle handle, double bytesPerPixel) {
        String character = event.getCharacter();
        if (pointerDown || event.isControlDown() || event.isAltDown() || character.length() != 1) {
            return;
        }
        hold(handle, bytesPerPixel);
        if (bar.resizing().type(character)) {
            bar.drawingChanged();
        }
        event.consume();
    }

    /** The edge loses the focus: what was not confirmed is taken back. */
    void onEdgeLeft() {
        if (!pointerDown && bar.resizing().isActive()) {
            bar.resizing().cancel();
            bar.drawingChanged();
        }
    }

    private void hold(EdgeHandle handle, double bytesPerPixel) {
        MemoryPart held = bar.resizing().part();
        if (held == null || !held.key().equals(handle.part().key())) {
            boolean unused = bar.resizing().press(handle.part(), 0, bytesPerPixel);
        }
    }

    private void finishEdge() {
        Optional<Resizing.Moved> moved = bar.resizing().finish();
        bar.drawingChanged();
        moved.ifPresent(edge -> bar.onResized().resized(edge.key(), edge.bytes(), edge.before()));
    }

    private void onKey(KeyEvent event) {
        Drawing drawing = bar.drawing();
        boolean fine = event.isShiftDown();
        if (event.isControlDown() || event.isAltDown() || event.isMetaDown()) {
            return;
        }
        KeyCode code = event.getCode();
        switch (code) {
            case RIGHT, UP, ADD, PLUS -> drawing.step(1, fine);
            case LEFT, DOWN, SUBTRACT, MINUS -> drawing.step(-1, fine);
            case HOME -> drawing.toSmallest(fine);
            case END -> drawing.toLargest(fine);
            case BACK_SPACE -> drawing.backspace();
            case ENTER -> {
                if (drawing.isActive() && drawing.bytes() == 0) {
                    event.consume(); // typed, but no size yet
                    return;
                }
                if (!drawing.isActive()) {
                    return;
                }
                finish();
            }
            case ESCAPE -> {
                if (!drawing.isActive()) {
                    return;
                }
                pointerDown = false;
                drawing.cancel();
            }
            default -> {
                return;
            }
        }
        bar.drawingChanged();
        event.consume();
    }

    private void onTyped(KeyEvent event) {
        String character = event.getCharacter();
        if (!pointerDown
                && !event.isControlDown()
                && !event.isAltDown()
                && character.length() == 1
                && bar.drawing().type(character)) {
            bar.drawingChanged();
            event.consume();
        }
    }

    private void finish() {
        OptionalLong drawn = bar.drawing().finish();
        bar.drawingChanged();
        drawn.ifPresent(bar.onDrawn());
    }
}
