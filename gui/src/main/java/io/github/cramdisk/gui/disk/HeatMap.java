// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.api.insight.DiskMap;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntConsumer;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;

/**
 * A map of a disk as a picture of squares, row by row. It is one image, painted pixel by pixel when something has changed,
 * so that thousands of cells cost as little as one. A cell is pointed at with the pointer or the arrow keys, and opened with
 * a click or Enter.
 */
final class HeatMap extends Region {
    private static final double MIN_HEIGHT = 120;
    private static final double PREF_HEIGHT = 198;
    private static final int OPAQUE = 0xFF000000;

    private final ImageView picture = new ImageView();
    private final Rectangle marker = new Rectangle();
    private final Map<HeatClass, Region> swatches;
    private final Map<HeatClass, Integer> colors = new EnumMap<>(HeatClass.class);

    private IntConsumer onPoint = cell -> {};
    private IntConsumer onOpen = cell -> {};
    private Runnable onBack = () -> {};
    private IntConsumer onRoom = cells -> {};
    private @Nullable DiskMap map;
    private @Nullable WritableImage image;
    private HeatGrid grid = new HeatGrid(1, 1, 1);
    private int pointed = -1;
    private int roomTold = -1;

    /** @param swatches the keys of the legend, whose backgrounds are the colours of the classes */
    HeatMap(Map<HeatClass, Region> swatches) {
        this.swatches = swatches;
        getStyleClass().add("heat-map");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setFocusTraversable(true);
        setId("heat-map");
        picture.setManaged(false);
        picture.setSmooth(false);
        picture.setMouseTransparent(true);
        marker.getStyleClass().add("heat-marker");
        marker.setManaged(false);
        marker.setMouseTransparent(true);
        marker.setVisible(false);
        getChildren().addAll(picture, marker);
        swatches.values().forEach(swatch -> swatch.backgroundProperty().addListener(observable -> repaint()));
        setOnMouseMoved(event -> point(cellAt(event.getX(), event.getY())));
        setOnMouseExited(event -> point(-1));
        setOnMouseClicked(event -> {
            int cell = cellAt(event.getX(), event.getY());
            requestFocus();
            if (event.getButton() == MouseButton.PRIMARY && cell >= 0) {
                onOpen.accept(cell);
            } else if (event.getButton() == MouseButton.SECONDARY) {
                onBack.run();
            }
        });
        setOnKeyPressed(this::onKey);
        focusedProperty().addListener((property, before, focused) -> {
            if (!focused) {
                point(-1);
            }
        });
    }

    /**
     * @param point told of the cell that is pointed at, -1 for none
     * @param open told of the cell that was chosen
     * @param back told when the user wants to see more
     * @param room told how many cells there is room for
     */
    void listen(IntConsumer point, IntConsumer open, Runnable back, IntConsumer room) {
        onPoint = point;
        onOpen = open;
        onBack = back;
        onRoom = room;
    }

    void show(DiskMap newMap) {
        DiskMap before = map;
        map = newMap;
        if (before == null
                || before.offsetBytes() != newMap.offsetBytes()
                || before.lengthBytes() != newMap.lengthBytes()
                || before.cells() != newMap.cells()) {
            point(-1);
        } else if (pointed >= 0) {
            onPoint.accept(pointed);
        }
        if (!newMap.equals(before)) {
            repaint();
        }
    }

    /** What the screen reader says of the whole. */
    void describe(String text) {
        if (pointed < 0) {
            setAccessibleText(text);
        }
    }

    /** What the screen reader says of the cell that is pointed at. */
    void describeCell(String text) {
        setAccessibleText(text);
        notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
    }

    private void repaint() {
        image = null;
        requestLayout();
    }

    private double scale() {
        return getScene() == null || getScene().getWindow() == null
                ? 1
                : Math.max(1, getScene().getWindow().getRenderScaleX());
    }

    private int cellAt(double x, double y) {
        DiskMap shown = map;
        double scale = scale();
        return shown == null ? -1 : grid.cellAt(x * scale, y * scale, shown.cells());
    }

    private void point(int cell) {
        if (pointed != cell) {
            pointed = cell;
            placeMarker();
            onPoint.accept(cell);
        }
    }

    private void placeMarker() {
        double scale = scale();
        marker.setVisible(pointed >= 0);
        if (pointed >= 0) {
            double size = grid.pitch() / scale;
            int column = pointed % grid.columns();
            int row = pointed / grid.columns();
            marker.setX(column * size - 1);
            marker.setY(row * size - 1);
            marker.setWidth(size + 1);
            marker.setHeight(size + 1);
        }
    }

    private void onKey(KeyEvent event) {
        DiskMap shown = map;
        if (shown == null) {
            return;
        }
        int last = shown.cells() - 1;
        int from = Math.max(0, pointed);
        switch (event.getCode()) {
            case LEFT -> point(Math.max(0, from - 1));
            case RIGHT -> point(pointed < 0 ? 0 : Math.min(last, from + 1));
            case UP -> point(from >= grid.columns() ? from - grid.columns() : from);
            case DOWN -> point(Math.min(last, pointed < 0 ? 0 : from + grid.columns()));
            case HOME -> point(0);
            case END -> point(last);
            case ENTER, PLUS, ADD -> {
                if (pointed >= 0) {
                    onOpen.accept(pointed);
                }
            }
            case BACK_SPACE, MINUS, SUBTRACT -> onBack.run();
            default -> {
                return;
            }
        }
        event.consume();
    }

    @Override
    protected double computeMinHeight(double width) {
        return MIN_HEIGHT;
    }

    @Override
    protected double computePrefHeight(double width) {
        return PREF_HEIGHT;
    }

    @Override
    protected void layoutChildren() {
        double scale = scale();
        int width = (int) Math.floor(getWidth() * scale);
        int height = (int) Math.floor(getHeight() * scale);
        if (width <= 0 || height <= 0) {
            return;
        }
        int pitch = (int) Math.round(HeatGrid.LEAST_PITCH * scale);
        int room = Math.max(1, width / pitch) * Math.max(1, height / pitch);
        if (room != roomTold) {
            roomTold = room;
            onRoom.accept(room);
        }
        DiskMap shown = map;
        if (shown == null) {
            return;
        }
        HeatGrid fitting = HeatGrid.of(shown.cells(), width, height);
        if (image == null || !fitting.equals(grid)) {
            grid = fitting;
            image = paint(shown, fitting);
            picture.setImage(image);
            picture.setFitWidth(image.getWidth() / scale);
            picture.setFitHeight(image.getHeight() / scale);
        }
        placeMarker();
    }

    private WritableImage paint(DiskMap shown, HeatGrid fitting) {
        swatches.forEach((kind, swatch) -> colors.put(kind, colorOf(swatch)));
        int gap = fitting.pitch() >= 4 ? Math.max(1, fitting.pitch() / 9) : 0;
        int size = fitting.pitch() - gap;
        int width = fitting.columns() * fitting.pitch();
        int height = fitting.rows() * fitting.pitch();
        int[] pixels = new int[width * height];
        for (int cell = 0; cell < shown.cells(); cell++) {
            int color = colors.getOrDefault(HeatClass.of(shown, cell), 0);
            int left = cell % fitting.columns() * fitting.pitch();
            int top = cell / fitting.columns() * fitting.pitch();
            for (int y = top; y < top + size; y++) {
                Arrays.fill(pixels, y * width + left, y * width + left + size, color);
            }
            if (HeatClass.isSqueezed(shown, cell)) {
                mark(pixels, width, left + size, top + size, size);
            }
        }
        WritableImage painted = new WritableImage(width, height);
        painted.getPixelWriter().setPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        return painted;
    }

    /** A corner, so that the colour of the cell can still be seen. */
    private void mark(int[] pixels, int width, int right, int bottom, int size) {
        int color = colors.getOrDefault(HeatClass.SQUEEZED, 0);
        int side = Math.max(1, (size + 1) / 2);
        for (int row = 0; row < side; row++) {
            int y = bottom - side + row;
            Arrays.fill(pixels, y * width + right - row - 1, y * width + right, color);
        }
    }

    /** The colour that the stylesheet gives to a key of the legend. */
    private static int colorOf(Region swatch) {
        if (swatch.getBackground() == null || swatch.getBackground().getFills().isEmpty()) {
            return 0;
        }
        Paint fill = swatch.getBackground().getFills().get(0).getFill();
        return fill instanceof Color color
                ? OPAQUE
                        | (int) Math.round(color.getRed() * 255) << 16
                        | (int) Math.round(color.getGreen() * 255) << 8
                        | (int) Math.round(color.getBlue() * 255)
                : 0;
    }
}
