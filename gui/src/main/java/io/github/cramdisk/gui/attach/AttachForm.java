// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.attach;

import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.FilesystemType;
import io.github.cramdisk.gui.attach.AttachFields.Use;
import io.github.cramdisk.gui.common.FormDialog;
import io.github.cramdisk.gui.common.FormModel;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.common.Ui;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** What the forms have in common that can attach a disk: the rows of {@link AttachFields}, and progress. */
public abstract class AttachForm extends FormDialog {
    private static final Set<Use> FOLDER = Set.of(Use.FOLDER);
    private static final Set<Use> SWAP = Set.of(Use.SWAP);
    private static final Set<Use> BOTH = Set.of(Use.FOLDER, Use.SWAP);

    private final ToggleButton more = new ToggleButton(Texts.of("attach.more"));
    private final List<Shown> rows = new ArrayList<>();

    /** A row, for which uses it is there, and whether only on demand. */
    private record Shown(FormRow row, Set<Use> uses, boolean onDemand) {}

    protected <R> AttachForm(
            Words words, FormModel<?, R> model, JobWatch job, Consumer<? super R> onDone, Runnable onCancel) {
        super(words, model, onDone, onCancel);
        getChildren().add(getChildren().size() - 1, new JobBox(job, "form-"));
    }

    @Override
    public void showAll() {
        more.setSelected(true);
    }

    /**
     * Adds the rows.
     *
     * @param attached whether they are shown
     * @return the field of the folder
     */
    protected final TextField addAttachRows(AttachFields fields, ObservableValue<Boolean> attached) {
        rows.add(new Shown(
                addRow(Texts.of("attach.as"), null, line(uses(fields.use)), null), Set.of(Use.values()), false));
        TextField target = new TextField();
        target.setId("attach-target");
        target.textProperty().bindBidirectional(fields.targetProperty());
        add(FOLDER, addRow(Texts.of("attach.folder"), target, target, fields.targetErrorProperty()));
        ComboBox<@Nullable FilesystemType> types = types(fields);
        String hint = Texts.of(fields.isExisting() ? "attach.filesystem.hint-existing" : "attach.filesystem.hint");
        add(
                FOLDER,
                addRow(
                        Texts.of("attach.filesystem"),
                        types,
                        line(types, Ui.label(hint, "muted", "small")),
                        fields.filesystemErrorProperty()));
        add(BOTH, text("attach-label", "attach.label", fields.label, Texts.of("attach.label.none"), ""));
        add(SWAP, text("attach-priority", "attach.priority", fields.priority, "", Texts.of("attach.priority.hint")));
        more.setId("attach-more");
        more.setMnemonicParsing(true);
        more.getStyleClass().add("disclosure");
        rows.add(new Shown(addRow("", null, line(more), null), BOTH, false));
        addDetails(fields);
        Runnable show = () -> rows.forEach(each -> each.row()
                .setShown(attached.getValue()
                        && each.uses().contains(fields.use.get())
                        && (more.isSelected() || !each.onDemand())));
        attached.addListener(observable -> show.run());
        fields.use.addListener(observable -> show.run());
        more.selectedProperty().addListener(observable -> show.run());
        show.run();
        return target;
    }

    private void addDetails(AttachFields fields) {
        String who = Texts.of("attach.owner.hint");
        addOnDemand(
                FOLDER, addRow("", null, Ui.check("attach-mkdir", Texts.of("attach.mkdir"), fields.makeFolder), null));
        addOnDemand(FOLDER, text("attach-owner", "attach.owner", fields.owner, Texts.of("attach.owner.you"), who));
        addOnDemand(FOLDER, text("attach-group", "attach.group", fields.group, Texts.of("attach.group.yours"), who));
        addOnDemand(FOLDER, text("attach-mode", "attach.mode", fields.mode, "755", Texts.of("attach.mode.hint")));
        TextField options = new TextField();
        options.setId("attach-options");
        options.setPromptText(Texts.of("attach.options.example"));
        options.textProperty().bindBidirectional(fields.options.textProperty());
        addOnDemand(FOLDER, addRow(Texts.of("attach.options"), options, options, fields.options.errorProperty()));
        addOnDemand(
                FOLDER, addRow("", null, Ui.check("attach-discard", Texts.of("attach.discard"), fields.discard), null));
        ComboBox<DeviceSwap.Discard> when = choice(
                "attach-swap-discard", fields.swapDiscard, List.of(DeviceSwap.Discard.values()), AttachForm::word);
        addOnDemand(
                SWAP,
                addRow(
                        Texts.of("attach.swap-discard"),
                        when,
                        line(when, Ui.label(Texts.of("attach.swap-discard.hint"), "muted", "small")),
                        null));
        TextField uuid = new TextField();
        uuid.setId("attach-uuid");
        uuid.setPromptText(Texts.of("attach.uuid.random"));
        uuid.textProperty().bindBidirectional(fields.uuid.textProperty());
        addOnDemand(BOTH, addRow(Texts.of("attach.uuid"), uuid, uuid, fields.uuid.errorProperty()));
    }

    private void add(Set<Use> uses, FormRow row) {
        rows.add(new Shown(row, uses, false));
    }

    private void addOnDemand(Set<Use> uses, FormRow row) {
        rows.add(new Shown(row, uses, true));
    }

    private FormRow text(String id, String key, CheckedText value, String prompt, String hint) {
        TextField field = shortField(id, value.textProperty());
        field.setPromptText(prompt);
        HBox line = hint.isEmpty() ? line(field) : line(field, Ui.label(hint, "muted", "small"));
        return addRow(Texts.of(key), field, line, value.errorProperty());
    }

    private static HBox uses(ObjectProperty<Use> use) {
        ToggleGroup group = new ToggleGroup();
        HBox segments = Ui.styled(new HBox(), "segments");
        for (Use each : Use.values()) {
            String key = each.name().toLowerCase(Locale.ROOT);
            ToggleButton toggle = new ToggleButton(Texts.of("attach.as." + key));
            toggle.setId("attach-as-" + key);
            toggle.getStyleClass().addAll("segment", "segment-large");
            toggle.setToggleGroup(group);
            toggle.setSelected(use.get() == each);
            toggle.setUserData(each);
            segments.getChildren().add(toggle);
        }
        group.selectedToggleProperty().addListener((property, before, now) -> {
            if (now == null && before != null) {
                before.setSelected(true);
            } else if (now != null && now.getUserData() instanceof Use chosen) {
                use.set(chosen);
            }
        });
        segments.setMinWidth(USE_PREF_SIZE);
        segments.setMaxWidth(USE_PREF_SIZE);
        return segments;
    }

    private static ComboBox<@Nullable FilesystemType> types(AttachFields fields) {
        List<@Nullable FilesystemType> types = new ArrayList<>();
        if (fields.isExisting()) {
            types.add(null);
        }
        types.addAll(List.of(FilesystemType.values()));
        return choice(
                "attach-filesystem",
                fields.filesystem,
                types,
                type -> type == null ? Texts.of("attach.filesystem.existing") : type.text());
    }

    private static String word(DeviceSwap.@Nullable Discard when) {
        return when == null ? "" : Texts.of("attach.swap-discard." + when.text());
    }

    private static <T extends @Nullable Object> ComboBox<T> choice(
            String id, ObjectProperty<T> value, List<T> values, Function<T, String> words) {
        ComboBox<T> box = new ComboBox<>();
        box.setId(id);
        box.getItems().setAll(values);
        box.setConverter(new StringConverter<T>() {
            @Override
            public String toString(T item) {
                return words.apply(item);
            }

            @Override
            public T fromString(String text) {
                throw new UnsupportedOperationException("the box cannot be edited");
            }
        });
        box.valueProperty().bindBidirectional(value);
        box.setMinWidth(SHORT_FIELD);
        return box;
    }
}
