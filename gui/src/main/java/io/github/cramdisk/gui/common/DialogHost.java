// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/**
 * Shows dialogs inside the window, over its content, one at a time. While one is shown the focus stays in it; Escape and
 * a press beside it close it; then the focus returns to where it was.
 */
public final class DialogHost extends StackPane {
    private static final double MARGIN = 24;

    private final Region scrim = new Region();
    private final ScrollPane scroll = new ScrollPane();
    private final StackPane centre = new StackPane();
    private @Nullable Region dialog;
    private @Nullable Node focusedBefore;
    private Runnable whenHidden = () -> {};
    private boolean backwards;
    private boolean enterDown;
    /** The key that opened the dialog repeats until it is let go, and must not confirm what nobody has seen yet. */
    private boolean enterHeld;

    /** @param content what dialogs are shown over */
    public DialogHost(Node content) {
        getStyleClass().add("dialog-host");
        scrim.getStyleClass().add("scrim");
        centre.getStyleClass().add("dialog-centre");
        scroll.getStyleClass().add("dialog-scroll");
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setContent(centre);
        scroll.setFocusTraversable(false);
        Ui.setShown(scrim, false);
        Ui.setShown(scroll, false);
        centre.setOnMousePressed(event -> {
            if (event.getTarget() == centre) {
                hide();
            }
        });
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE && dialog != null) {
                hide();
                event.consume();
            }
        });
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            backwards = event.isShiftDown();
            if (event.getCode() == KeyCode.ENTER) {
                enterDown = true;
                if (enterHeld) {
                    event.consume();
                }
            }
        });
        addEventFilter(KeyEvent.KEY_RELEASED, event -> {
            if (event.getCode() == KeyCode.ENTER) {
                enterDown = false;
                enterHeld = false;
            }
        });
        getChildren().addAll(content, scrim, scroll);
        sceneProperty().addListener((property, before, scene) -> watchFocus(scene));
    }

    /**
     * @param newDialog its preferred size is kept as far as the window allows
     * @param firstFocus gets the focus
     * @param onHidden told when it is closed, however that came
     */
    public void show(Region newDialog, Node firstFocus, Runnable onHidden) {
        if (dialog == null) {
            focusedBefore = getScene().getFocusOwner();
        }
        dialog = newDialog;
        enterHeld = enterDown;
        whenHidden = onHidden;
        newDialog.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        StackPane.setMargin(newDialog, new javafx.geometry.Insets(MARGIN));
        centre.getChildren().setAll(newDialog);
        Ui.setShown(scrim, true);
        Ui.setShown(scroll, true);
        // What a scroll pane holds joins the scene only with its skin, and before that cannot be focused.
        centre.applyCss();
        firstFocus.requestFocus();
    }

    /** Closes the dialog, if there is one. */
    public void hide() {
        if (dialog == null) {
            return;
        }
        dialog = null;
        Ui.setShown(scrim, false);
        Ui.setShown(scroll, false);
        centre.getChildren().clear();
        if (focusedBefore != null && focusedBefore.getScene() == getScene()) {
            focusedBefore.requestFocus();
        }
        focusedBefore = null;
        whenHidden.run();
    }

    public boolean isShowingDialog() {
        return dialog != null;
    }

    private void watchFocus(@Nullable Scene scene) {
        if (scene != null) {
            scene.focusOwnerProperty().addListener((property, before, now) -> keepInside(now));
        }
    }

    private void keepInside(@Nullable Node focused) {
        Region shown = dialog;
        if (shown == null || focused == null || isInside(focused, shown)) {
            return;
        }
        Node next = edge(shown, backwards);
        if (next != null) {
            next.requestFocus();
        }
    }

    private static boolean isInside(Node node, Node ancestor) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at == ancestor) {
                return true;
            }
        }
        return false;
    }

    /** The first node in {@code parent} that takes the focus, or the last. */
    private static @Nullable Node edge(Node node, boolean last) {
        if (!node.isVisible() || node.isDisabled()) {
            return null;
        }
        if (node.isFocusTraversable()) {
            return node;
        }
        if (node instanceof Parent parent) {
            var children = parent.getChildrenUnmodifiable();
            for (int i = 0; i < children.size(); i++) {
                Node found = edge(children.get(last ? children.size() - 1 - i : i), last);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
