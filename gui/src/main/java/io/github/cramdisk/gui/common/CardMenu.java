// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

import java.util.List;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignD;

/** What can be done with the thing on a card: a menu in its corner, and the same on a right click. */
public final class CardMenu extends StackPane {
    /**
     * @param name of the thing, for the screen reader
     * @param id of the menu button
     * @param card gets the context menu
     * @param items made anew for each of the two menus; none: the corner stays empty
     */
    public CardMenu(String name, String id, Node card, Supplier<List<MenuItem>> items) {
        getStyleClass().add("card-corner");
        setAlignment(Pos.TOP_RIGHT);
        List<MenuItem> corner = items.get();
        if (corner.isEmpty()) {
            return;
        }
        MenuButton menu = new MenuButton();
        menu.getStyleClass().addAll("flat", "button-icon", "card-menu");
        menu.setGraphic(Ui.icon(MaterialDesignD.DOTS_HORIZONTAL));
        menu.setAccessibleText(Texts.of("common.more-about", name));
        menu.setId(id);
        menu.getItems().setAll(corner);
        getChildren().add(menu);
        ContextMenu context = new ContextMenu();
        context.getItems().setAll(items.get());
        card.setOnContextMenuRequested(event -> context.show(card, event.getScreenX(), event.getScreenY()));
    }

    public static MenuItem item(String text, Ikon glyph, Runnable action) {
        MenuItem item = new MenuItem(text, Ui.icon(glyph));
        item.setOnAction(event -> action.run());
        return item;
    }

    /** An item that destroys something. */
    public static MenuItem danger(String text, Ikon glyph, Runnable action) {
        MenuItem item = item(text, glyph, action);
        item.getStyleClass().add("danger");
        return item;
    }
}
