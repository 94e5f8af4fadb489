// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.configuration;

import io.github.cramdisk.api.config.ConfigApplied;
import io.github.cramdisk.api.config.ConfigDiff;
import io.github.cramdisk.api.config.ConfigExport;
import io.github.cramdisk.api.config.ConfigFile;
import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.ConfigImport;
import io.github.cramdisk.api.config.ConfigNote;
import io.github.cramdisk.api.config.ConfigRequest;
import io.github.cramdisk.api.config.ConfigSource;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.gui.common.Refusal;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.engine.EngineLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** Chosen volumes in a chosen format: the text, what would change, and what the format cannot say. On the window's thread. */
public final class ConfigurationModel {
    private static final Set<VolumeKind> CONFIGURABLE =
            Set.of(VolumeKind.DISK, VolumeKind.TMPFS, VolumeKind.RAMFS, VolumeKind.ZRAM);

    private final EngineLink link;
    private final ObservableList<Choice> choices = FXCollections.observableArrayList();
    private final ObjectProperty<ConfigFormat> format = new SimpleObjectProperty<>(this, "format", ConfigFormat.FSTAB);
    private final ObjectProperty<@Nullable ConfigSource> source = new SimpleObjectProperty<>(this, "source");
    private final BooleanProperty difference = new SimpleBooleanProperty(this, "difference");
    private final ObservableList<Line> lines = FXCollections.observableArrayList();
    private final ObservableList<String> notes = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<@Nullable Refusal> refusal = new ReadOnlyObjectWrapper<>(this, "refusal");
    private final ReadOnlyStringWrapper done = new ReadOnlyStringWrapper(this, "done", "");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(this, "busy");
    private List<ConfigFile> files = List.of();
    private List<String> kept = List.of();
    private int question;

    /**
     * A volume that can be taken or left.
     *
     * @param name what the engine finds it by
     */
    public record Choice(String name, String title, BooleanProperty chosen) {}

    public ConfigurationModel(EngineLink link) {
        this.link = link;
        format.addListener((property, before, now) -> refresh());
        difference.addListener((property, before, now) -> refresh());
        source.addListener((property, before, now) -> load());
    }

    public ObservableList<Choice> choices() {
        return choices;
    }

    public ObjectProperty<ConfigFormat> formatProperty() {
        return format;
    }

    /** Where the volumes come from; null for those of Cramdisk. */
    public ObjectProperty<@Nullable ConfigSource> sourceProperty() {
        return source;
    }

    /** Whether the difference to this machine is shown instead of the text. */
    public BooleanProperty differenceProperty() {
        return difference;
    }

    public ObservableList<Line> lines() {
        return lines;
    }

    /** What the format cannot say, and what was not understood. */
    public ObservableList<String> notes() {
        return notes;
    }

    public ReadOnlyObjectProperty<@Nullable Refusal> refusalProperty() {
        return refusal.getReadOnlyProperty();
    }

    /** What was done last; empty for nothing. */
    public ReadOnlyStringProperty doneProperty() {
        return done.getReadOnlyProperty();
    }

    /** While something is written. */
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** Reads again which volumes there are. */
    public void load() {
        done.set("");
        ConfigSource from = source.get();
        if (from == null) {
            link.call(engine -> engine.volumes().list(false))
                    .onSuccess(list -> show(
                            list.volumes().stream()
                                    .filter(volume -> volume.managed() && CONFIGURABLE.contains(volume.kind()))
                                    .map(volume ->
                                            choice(nameOf(volume), volume.kind().text() + " " + volume.title()))
                                    .toList(),
                            List.of()))
                    .onFailure(error -> refusal.set(Refusal.of(error, "")));
        } else {
            link.call(engine -> engine.configuration().read(from))
                    .onSuccess(this::show)
                    .onFailure(error -> refusal.set(Refusal.of(error, "")));
        }
    }

    private static String nameOf(VolumeInfo volume) {
        return volume.title();
    }

    private void show(ConfigImport read) {
        show(
                read.volumes().stream()
                        .map(found -> choice(
                                found.volume().target() != null
                                        ? String.valueOf(found.volume().target())
                                        : found.volume().title(),
                                found.volume().title()))
                        .toList(),
                read.kept().stream()
                        .map(each -> Texts.of("configuration.kept", each.origin(), each.text(), each.reason()))
                        .toList());
    }

    private Choice choice(String name, String title) {
        boolean left = choices.stream()
                .anyMatch(known -> known.name().equals(name) && !known.chosen().get());
        Choice choice = new Choice(name, title, new SimpleBooleanProperty(!left));
        choice.chosen().addListener((property, before, now) -> refresh());
        return choice;
    }

    private void show(List<Choice> found, List<String> notUnderstood) {
        choices.setAll(found);
        kept = notUnderstood;
        refresh();
    }

    private ConfigRequest request() {
        List<String> names = choices.stream()
                .filter(each -> each.chosen().get())
                .map(Choice::name)
                .toList();
        return new ConfigRequest(format.get(), names, source.get());
    }

    /** Asks for the text anew; an answer to an older question is dropped. */
    public void refresh() {
        int asked = ++question;
        refusal.set(null);
        ConfigRequest request = request();
        if (request.names().isEmpty()) {
            // No names would mean all.
            files = List.of();
            lines.clear();
            notes.setAll(kept);
            return;
        }
        if (difference.get() && format.get().appliable()) {
            link.call(engine -> engine.configuration().diff(request))
                    .onSuccess(diff -> {
                        if (asked == question) {
                            show(diff);
                        }
                    })
                    .onFailure(error -> {
                        if (asked == question) {
                            lines.clear();
                            refusal.set(Refusal.of(error, ""));
                        }
                    });
        } else {
            link.call(engine -> engine.configuration().export(request))
                    .onSuccess(export -> {
                        if (asked == question) {
                            show(export);
                        }
                    })
                    .onFailure(error -> {
                        if (asked == question) {
                            lines.clear();
                            refusal.set(Refusal.of(error, ""));
                        }
                    });
        }
    }

    private void show(ConfigExport export) {
        files = export.files();
        List<Line> shown = new ArrayList<>();
        for (ConfigFile file : files) {
            if (!shown.isEmpty()) {
                shown.add(Line.of(Line.Kind.PLAIN, ""));
            }
            shown.add(Line.of(Line.Kind.FILE, file.path()));
            ConfigFormat form = Highlighter.formOf(format.get(), file.path());
            file.text().lines().map(line -> Line.ofText(form, line)).forEach(shown::add);
        }
        lines.setAll(shown);
        show(export.notes());
    }

    private void show(ConfigDiff diff) {
        List<Line> shown = new ArrayList<>();
        diff.changes()
                .forEach(change -> change.unified().lines().map(Line::ofDiff).forEach(shown::add));
        if (shown.isEmpty()) {
            shown.add(Line.of(Line.Kind.PLAIN, Texts.of("configuration.same")));
        }
        lines.setAll(shown);
        show(diff.notes());
    }

    private void show(List<ConfigNote> found) {
        List<String> all = new ArrayList<>();
        for (ConfigNote note : found) {
            String key = "configuration.note." + note.weight().text();
            String sentence = Texts.of(key, note.volume(), note.sentence());
            all.add(
                    note.nearest() == null
                            ? sentence
                            : sentence + " "
                                    + Texts.of(
                                            "configuration.nearest",
                                            note.nearest().text()));
        }
        all.addAll(kept);
        notes.setAll(all);
    }

    /** The text as it is shown, to be copied. */
    public String text() {
        return lines.stream().map(Line::text).collect(Collectors.joining("\n", "", "\n"));
    }

    /** Writes the files below a directory. */
    public void save(Path directory) {
        List<ConfigFile> saved = files;
        run(() -> {
            for (ConfigFile file : saved) {
                String path = file.path().replaceFirst("^~/", "home/").replaceFirst("^/", "");
                Path target = directory.resolve(path);
                Files.createDirectories(target.getParent());
                Files.writeString(target, file.text());
            }
            return Texts.of("configuration.saved", saved.size(), directory.toString());
        });
    }

    /** Writes it to its place on this machine. */
    public void apply() {
        ConfigRequest request = request();
        write(
                engine -> engine.configuration().apply(request),
                "configuration.applied",
                "cramdisk config apply --format " + format.get().text());
    }

    /** Undoes it. */
    public void revert() {
        ConfigFormat shown = format.get();
        write(
                engine -> engine.configuration().revert(shown),
                "configuration.reverted",
                "cramdisk config revert --format " + shown.text());
    }

    /** One of the two that change the machine. */
    private interface Change {
        ConfigApplied run(io.github.cramdisk.api.Engine engine);
    }

    private void write(Change change, String sentence, String command) {
        busy.set(true);
        done.set("");
        refusal.set(null);
        link.call(change::run)
                .onSuccess(applied -> {
                    busy.set(false);
                    refresh();
                    done.set(
                            applied.paths().isEmpty()
                                    ? Texts.of("configuration.same")
                                    : Texts.of(sentence, String.join(", ", applied.paths())));
                })
                .onFailure(error -> {
                    busy.set(false);
                    refusal.set(Refusal.of(error, command));
                });
    }

    /** Work with files of the user. */
    private interface Work {
        String run() throws IOException;
    }

    private void run(Work work) {
        busy.set(true);
        done.set("");
        link.call(engine -> {
                    try {
                        return work.run();
                    } catch (IOException e) {
                        throw new io.github.cramdisk.api.CramdiskException(
                                io.github.cramdisk.api.ErrorKind.CONFIG_UNWRITTEN, e, "the directory", e.toString());
                    }
                })
                .onSuccess(said -> {
                    busy.set(false);
                    done.set(said);
                })
                .onFailure(error -> {
                    busy.set(false);
                    refusal.set(Refusal.of(error, ""));
                });
    }
}
