// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The frame of a page: title, what it is about, actions at the right; its content below, scrolled where it is high. */
public abstract class PageFrame extends ScrollPane {
    private static final double WHEEL = 36;

    private final VBox page;

    /**
     * @param id also a style class of the page
     * @param subtitle below the title
     * @param actions at the right of both, the most important last
     */
    protected PageFrame(String id, String title, Label subtitle, Node... actions) {
        getStyleClass().add("page-scroll");
        setId(id);
        setFitToWidth(true);
        setFitToHeight(true);
        setFocusTraversable(false);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        VBox titles = Ui.styled(new VBox(Ui.label(title, "title", "strong"), subtitle), "titles");
        titles.setMinWidth(0);
        HBox.setHgrow(titles, Priority.ALWAYS);
        HBox head = Ui.styled(new HBox(titles), "page-head");
        head.getChildren().addAll(actions);
        head.setAlignment(Pos.TOP_LEFT);
        page = Ui.page(id, head);
        setContent(page);
    }

    /** Where the focus goes when the page is opened. */
    public abstract void focusFirst();

    protected final void add(Node... nodes) {
        page.getChildren().addAll(nodes);
    }

    /** What stands on the page until its first content is there. */
    protected static VBox waiting(String id, String text) {
        ProgressIndicator wheel = new ProgressIndicator();
        wheel.setMaxSize(WHEEL, WHEEL);
        wheel.setAccessibleText(text);
        VBox waiting = Ui.styled(new VBox(wheel, Ui.label(text, "muted")), "empty-state");
        waiting.setAlignment(Pos.CENTER);
        waiting.setId(id);
        return waiting;
    }
}
