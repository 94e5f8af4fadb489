// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.volumes;

import io.github.cramdisk.api.volume.Atime;
import io.github.cramdisk.api.volume.KernelFeature;
import io.github.cramdisk.gui.common.FormDialog;
import io.github.cramdisk.gui.common.FormModel;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** What the forms of this page have in common: the rows of {@link MountFields}, and options that a kernel lacks. */
abstract class VolumeForm extends FormDialog {
    private static final double GAP = 16;
    private static final double FLOW_WIDTH = 460;

    private final List<FormRow> more = new ArrayList<>();
    private final ToggleButton moreButton = new ToggleButton(Texts.of("volumes.more-options"));

    protected <R> VolumeForm(Words words, FormModel<?, R> model, Consumer<? super R> onDone, Runnable onCancel) {
        super(words, model, onDone, onCancel);
    }

    /** Where it is mounted. */
    protected final TextField addTarget(MountFields mount, ObservableValue<String> error) {
        TextField target = new TextField();
        target.setId("target");
        target.setPromptText("/mnt/ram");
        target.textProperty().bindBidirectional(mount.target);
        addRow(Texts.of("volumes.folder"), target, target, error);
        return target;
    }

    protected final FormRow addMakeFolder(MountFields mount) {
        return addRow("", null, Ui.check("mkdir", Texts.of("volumes.mkdir"), mount.createTarget), null);
    }

    protected final FormRow addMode(
            javafx.beans.property.StringProperty value, String hint, ObservableValue<String> error) {
        TextField mode = shortField("mode", value);
        mode.setPromptText(Texts.of("volumes.mode.prompt"));
        return addRow(Texts.of("volumes.permissions"), mode, line(mode, Ui.label(hint, "muted", "small")), error);
    }

    protected final FormRow addAccess(MountFields mount) {
        return addRow(
                Texts.of("volumes.access"),
                null,
                flow(
                        Ui.check("read-only", Texts.of("volumes.read-only"), mount.readOnly),
                        Ui.check("noexec", Texts.of("volumes.noexec"), mount.noexec)),
                null);
    }

    /** The options of every mount that few people need. */
    protected final void addMountDetails(MountFields mount, KernelLimits limits) {
        hideUntilAsked(addRow(
                Texts.of("volumes.options"),
                null,
                flow(
                        Ui.check("suid", "suid", mount.suid),
                        Ui.check("dev", "dev", mount.dev),
                        Ui.check("nodiratime", "nodiratime", mount.nodiratime),
                        gated(
                                Ui.check("nosymfollow", "nosymfollow", mount.nosymfollow),
                                limits.without(KernelFeature.NOSYMFOLLOW, Texts.of("volumes.lacks.nosymfollow"))),
                        Ui.check("lazytime", "lazytime", mount.lazytime)),
                null));
        hideUntilAsked(addRow(
                Texts.of("volumes.atime"),
                null,
                choice("atime", mount.atime, List.of(Atime.values()), Atime::text),
                null));
    }

    protected final void addTemporary(MountFields mount) {
        addRow(
                Texts.of("volumes.keep"),
                null,
                Ui.check("temporary", Texts.of("volumes.temporary"), mount.temporary),
                null);
    }

    @Override
    public final void showAll() {
        moreButton.setSelected(true);
    }

    /** A button that shows the rows given to {@link #hideUntilAsked} after it. */
    protected final void addMore() {
        ToggleButton button = moreButton;
        button.setMnemonicParsing(true);
        button.setId("more");
        button.getStyleClass().add("disclosure");
        button.selectedProperty().addListener((property, before, shown) -> more.forEach(row -> row.setShown(shown)));
        addRow("", null, line(button), null);
    }

    protected final void hideUntilAsked(FormRow row) {
        more.add(row);
        row.setShown(false);
    }

    /** @param words how a value reads; null among the values stands for the kernel's choice */
    protected static <T> ComboBox<T> choice(
            String id, ObjectProperty<T> value, List<T> values, Function<T, String> words) {
        ComboBox<T> box = new ComboBox<>();
        box.setId(id);
        box.getItems().setAll(values);
        box.setConverter(new StringConverter<T>() {
            @Override
            public String toString(@Nullable T item) {
                return item == null ? Texts.of("volumes.kernel-default") : words.apply(item);
            }

            @Override
            public T fromString(String text) {
                throw new UnsupportedOperationException("the box cannot be edited");
            }
        });
        box.valueProperty().bindBidirectional(value);
        return box;
    }

    protected static FlowPane flow(Node... nodes) {
        FlowPane pane = new FlowPane(GAP, 6, nodes);
        pane.setRowValignment(VPos.CENTER);
        pane.setAlignment(Pos.CENTER_LEFT);
        pane.setPrefWrapLength(FLOW_WIDTH);
        return pane;
    }

    /** Greyed, with the reason below it, where {@code reason} is not empty. */
    protected static Node gated(Node control, String reason) {
        if (reason.isEmpty()) {
            return control;
        }
        control.setDisable(true);
        Label why = Ui.paragraph(reason, "muted", "small", "lacking");
        return new VBox(2, control, why);
    }
}
