// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.insight.VolumeHistory;
import io.github.cramdisk.gui.common.CardMenu;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.MenuButton;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javafx.scene.transform.Transform;
import javafx.stage.FileChooser;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.materialdesign2.MaterialDesignD;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignI;

/** The menu with which a chart is saved as a picture, or its data as a table. */
final class ChartSave extends MenuButton {
    /** Pictures are for documents and reports, where a screen's pixels would look coarse. */
    private static final double PICTURE_SCALE = 2;

    private final Tasks tasks;
    private final Consumer<String> say;

    /** Asks where to save. */
    interface Place {
        /**
         * @param suggestion name of the file
         * @param kind of file, in words
         * @return null where the user gave up
         */
        @Nullable
        Path choose(String suggestion, String kind, String extension);
    }

    /**
     * @param name of the files, without extension
     * @param chart what is on the picture
     * @param history null while there are no data
     * @param say tells the user what was saved, or why not
     */
    ChartSave(String name, Node chart, Supplier<@Nullable VolumeHistory> history, Tasks tasks, Consumer<String> say) {
        this(name, chart, history, tasks, say, null);
    }

    /** @param place null for the dialog of the desktop */
    ChartSave(
            String name,
            Node chart,
            Supplier<@Nullable VolumeHistory> history,
            Tasks tasks,
            Consumer<String> say,
            @Nullable Place place) {
        this.tasks = tasks;
        this.say = say;
        Place asked = place == null ? this::choose : place;
        getStyleClass().addAll("flat", "button-icon", "card-menu");
        setGraphic(Ui.icon(MaterialDesignD.DOWNLOAD_OUTLINE));
        setAccessibleText(Texts.of("disk.save"));
        getItems()
                .setAll(
                        CardMenu.item(Texts.of("disk.save.picture"), MaterialDesignI.IMAGE_OUTLINE, () -> {
                            Path file = asked.choose(name + ".png", Texts.of("disk.save.picture.kind"), "png");
                            if (file != null) {
                                savePicture(chart, file);
                            }
                        }),
                        CardMenu.item(Texts.of("disk.save.data"), MaterialDesignF.FILE_DELIMITED_OUTLINE, () -> {
                            VolumeHistory known = history.get();
                            Path file = known == null
                                    ? null
                                    : asked.choose(name + ".csv", Texts.of("disk.save.data.kind"), "csv");
                            if (known != null && file != null) {
                                save(file, HistoryCsv.of(known).getBytes(StandardCharsets.UTF_8));
                            }
                        }));
    }

    private @Nullable Path choose(String suggestion, String kind, String extension) {
        FileChooser chooser = new FileChooser();
        chooser.setInitialFileName(suggestion);
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter(kind, "*." + extension));
        File file = chooser.showSaveDialog(getScene().getWindow());
        return file == null ? null : file.toPath();
    }

    private void savePicture(Node chart, Path file) {
        SnapshotParameters parameters = new SnapshotParameters();
        parameters.setTransform(Transform.scale(PICTURE_SCALE, PICTURE_SCALE));
        parameters.setFill(Color.TRANSPARENT);
        WritableImage image = chart.snapshot(parameters, null);
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        int[] pixels = new int[width * height];
        image.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        save(file, Png.of(pixels, width, height));
    }

    private void save(Path file, byte[] bytes) {
        tasks.run(() -> {
                    try {
                        return Files.write(file, bytes);
                    } catch (IOException e) {
                        throw new CramdiskException(
                                io.github.cramdisk.api.ErrorKind.INVALID_ARGUMENT,
                                e,
                                Texts.of("disk.save.failed", file, String.valueOf(e.getMessage())));
                    }
                })
                .onSuccess(written -> say.accept(Texts.of("disk.saved", written)))
                .onFailure(error -> say.accept(Texts.sentence(error)));
    }
}
