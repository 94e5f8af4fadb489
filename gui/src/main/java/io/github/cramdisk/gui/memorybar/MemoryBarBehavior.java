// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.memorybar;

import java.util.OptionalLong;
import javafx.event.EventHandler;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;

/** Turns pointer and keys into moves of the {@link Drawing}. */
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
