// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/** Small words of the language in which the views are written. */
public final class Ui {
    private static final double WIDEST_PAGE = 1680;
    private static final double PAGE_SIDE = 32;
    private static final double PAGE_TOP = 28;

    private Ui() {}

    public static Label label(String text, String... classes) {
        Label label = new Label(text);
        label.getStyleClass().addAll(classes);
        return label;
    }

    /** A label that follows a text. */
    public static Label label(ObservableValue<String> text, String... classes) {
        Label label = label("", classes);
        label.textProperty().bind(text);
        return label;
    }

    /** A check box for a value; an underscore in its text is one. */
    public static CheckBox check(String id, String text, BooleanProperty value) {
        CheckBox box = new CheckBox(text);
        box.setId(id);
        box.setMnemonicParsing(false);
        box.selectedProperty().bindBidirectional(value);
        return box;
    }

    /** A label that breaks its lines. */
    public static Label paragraph(String text, String... classes) {
        Label label = label(text, classes);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.setMaxWidth(Double.MAX_VALUE);
        return label;
    }

    /** A message that takes no room while it is empty. */
    public static Label message(ObservableValue<String> text, String... classes) {
        Label label = paragraph("", classes);
        label.textProperty().bind(text);
        label.visibleProperty().bind(label.textProperty().isNotEmpty());
        label.managedProperty().bind(label.visibleProperty());
        return label;
    }

    public static FontIcon icon(Ikon glyph, String... classes) {
        FontIcon icon = new FontIcon(glyph);
        icon.getStyleClass().addAll(classes);
        return icon;
    }

    public static Region spacer() {
        Region spacer = new Region();
        HBox.setHgrow(spacer, Priority.ALWAYS);
        VBox.setVgrow(spacer, Priority.ALWAYS);
        return spacer;
    }

    public static <N extends Node> N styled(N node, String... classes) {
        node.getStyleClass().addAll(classes);
        return node;
    }

    /** The content of a page: on a very wide screen it stays in the middle, for nobody reads lines of two metres. */
    public static VBox page(String id, Node... content) {
        VBox page = styled(new VBox(content), "page", id);
        page.paddingProperty().bind(page.widthProperty().map(width -> {
            double side = Math.max(PAGE_SIDE, Math.rint((width.doubleValue() - WIDEST_PAGE) / 2));
            return new Insets(PAGE_TOP, side, PAGE_TOP, side);
        }));
        return page;
    }

    /** Sets the style classes of a node, which is laid out and painted anew only where they differ. */
    public static void setStyles(Node node, String... classes) {
        List<String> wanted = List.of(classes);
        if (!node.getStyleClass().equals(wanted)) {
            node.getStyleClass().setAll(wanted);
        }
    }

    /** Shows the node, or hides it and gives its room away. */
    public static void setShown(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }
}
