// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import javafx.scene.text.Text;

/** Looks at every visible node of a scene for what a person would stumble over. */
final class SceneCheck {
    /** Pixels by which rounding may shift an edge. */
    private static final double SLACK = 1.5;

    private final String where;
    private final List<String> faults = new ArrayList<>();
    private final List<Placed> texts = new ArrayList<>();

    /** A text and where on the scene it can be seen. */
    private record Placed(String text, Bounds bounds) {}

    private SceneCheck(String where) {
        this.where = where;
    }

    /** On the window's thread. */
    static List<String> faultsOf(String where, Parent root) {
        root.applyCss();
        root.layout();
        SceneCheck check = new SceneCheck(where);
        check.visit(root);
        check.findOverlaps();
        return check.faults;
    }

    private void visit(Node node) {
        if (!node.isVisible() || node.getOpacity() == 0) {
            return;
        }
        checkWords(node);
        if (node instanceof Labeled labeled && !isCovered(node)) {
            checkClipping(labeled);
        }
        if (node instanceof Text text && !text.getText().isBlank() && !isCovered(node)) {
            Bounds seen = seen(text);
            if (seen.getWidth() > 0 && seen.getHeight() > 0) {
                texts.add(new Placed(text.getText(), seen));
            }
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(this::visit);
        }
    }

    private void checkWords(Node node) {
        if (!node.isFocusTraversable() || node.isDisabled() || node instanceof ScrollPane) {
            return;
        }
        boolean spoken = isText(node.getAccessibleText())
                || isText(node.queryAccessibleAttribute(AccessibleAttribute.TEXT))
                || (node.queryAccessibleAttribute(AccessibleAttribute.LABELED_BY) instanceof Label label
                        && isText(label.getText()));
        if (!spoken) {
            faults.add(where + ": no words for a screen reader: " + describe(node));
        }
    }

    private static boolean isText(Object value) {
        return value instanceof String text && !text.isBlank();
    }

    /** A label that may end in an ellipsis says so by a tooltip with the whole text. */
    private void checkClipping(Labeled labeled) {
        String text = labeled.getText();
        if (text == null || text.isBlank() || labeled.getTooltip() != null || hasTooltipAbove(labeled)) {
            return;
        }
        Node inside = labeled.lookup(".text");
        if (inside instanceof Text shown
                && shown.isVisible()
                && !shown.getText().equals(plain(text))) {
            faults.add(where + ": cut off: \"" + text + "\" shows \"" + shown.getText() + "\" " + describe(labeled));
        }
        if (labeled.getHeight() > 0
                && !labeled.isWrapText()
                && labeled.getHeight() + SLACK < labeled.prefHeight(-1)
                && labeled.getGraphic() == null) {
            faults.add(where + ": squeezed: \"" + text + "\" " + describe(labeled));
        }
    }

    private static boolean hasTooltipAbove(Node node) {
        for (Node at = node.getParent(); at != null; at = at.getParent()) {
            if (at instanceof javafx.scene.control.Control control && control.getTooltip() != null) {
                return true;
            }
        }
        return false;
    }

    private static String plain(String text) {
        return text.replace("_", "");
    }

    /** Below a dialog the page is still there; what it shows is not looked at twice. */
    private static boolean isCovered(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at.getStyleClass().contains("shell")) {
                Node scrim = at.getScene().lookup(".scrim");
                return scrim != null && scrim.isVisible();
            }
        }
        return false;
    }

    /** The part of a text that is not scrolled away; on the scene. */
    private static Bounds seen(Text text) {
        Bounds seen = text.localToScene(text.getBoundsInLocal());
        for (Node at = text.getParent(); at != null; at = at.getParent()) {
            if (at.getStyleClass().contains("viewport")) {
                Bounds view = at.localToScene(at.getLayoutBounds());
                double left = Math.max(seen.getMinX(), view.getMinX());
                double top = Math.max(seen.getMinY(), view.getMinY());
                seen = new BoundingBox(
                        left,
                        top,
                        Math.max(0, Math.min(seen.getMaxX(), view.getMaxX()) - left),
                        Math.max(0, Math.min(seen.getMaxY(), view.getMaxY()) - top));
            }
        }
        return seen;
    }

    private void findOverlaps() {
        for (int i = 0; i < texts.size(); i++) {
            for (int j = i + 1; j < texts.size(); j++) {
                Placed one = texts.get(i);
                Placed other = texts.get(j);
                double width = Math.min(one.bounds().getMaxX(), other.bounds().getMaxX())
                        - Math.max(one.bounds().getMinX(), other.bounds().getMinX());
                double height = Math.min(one.bounds().getMaxY(), other.bounds().getMaxY())
                        - Math.max(one.bounds().getMinY(), other.bounds().getMinY());
                // Line boxes of a tight paragraph touch; letters do not before a third of a line is shared.
                if (width > SLACK && height > other.bounds().getHeight() / 3) {
                    faults.add(where + ": \"" + one.text() + "\" lies over \"" + other.text() + "\"");
                }
            }
        }
    }

    private static String describe(Node node) {
        return node.getClass().getSimpleName() + " " + (node.getId() == null ? "" : "#" + node.getId() + " ")
                + node.getStyleClass();
    }
}
