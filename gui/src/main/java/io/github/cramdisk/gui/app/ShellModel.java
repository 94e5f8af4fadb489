// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.gui.common.DiskColors;
import io.github.cramdisk.gui.common.OwnVolumes;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.engine.EngineLink;
import io.github.cramdisk.gui.engine.EngineState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** View model of the shell: where the window is, which disks the sidebar lists, how the engine is. */
public final class ShellModel {
    /** The pages in the order of the sidebar, disks and settings apart; Ctrl+1 is the first. */
    static final List<Page> MAIN = List.of(
            new Page.Overview(),
            new Page.Volumes(),
            new Page.Configuration(),
            new Page.Monitor(),
            new Page.Doctor(),
            new Page.Compare());

    /** Snapshots until an unknown volume is missing: the engine reads volumes about once a second, disks at once. */
    private static final int SNAPSHOTS_UNTIL_MISSING = 3 * EngineLink.HERTZ;

    private final EngineLink link;
    private final DiskColors colors;
    private final ObjectProperty<Page> page = new SimpleObjectProperty<>(this, "page", new Page.Overview());
    private final ObservableList<Entry> entries = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<EngineLine> engineLine =
            new ReadOnlyObjectWrapper<>(this, "engineLine", new EngineLine(Tone.WAITING, Texts.of("app.starting"), ""));
    private final ReadOnlyObjectWrapper<Scenery> scenery =
            new ReadOnlyObjectWrapper<>(this, "scenery", Scenery.LOADING);
    private final ReadOnlyObjectWrapper<@Nullable String> missing = new ReadOnlyObjectWrapper<>(this, "missing");
    private @Nullable String wanted;
    private int snapshotsWithoutWanted;

    /** A disk in the sidebar. */
    public record Entry(String name, int colorIndex) {}

    /** How well the engine is. */
    public enum Tone {
        GOOD,
        WAITING,
        BAD
    }

    /**
     * The line at the bottom of the sidebar.
     *
     * @param details for its tooltip, may be empty
     */
    public record EngineLine(Tone tone, String text, String details) {}

    /** What stands where the pages are. */
    public enum Scenery {
        /** Nothing is known yet. */
        LOADING,
        /** The page. */
        PAGE,
        /** The page as it was last, and a line that says that the engine is away. */
        STALE_PAGE,
        /** Why there is no engine. */
        NO_ENGINE
    }

    public ShellModel(EngineLink link, DiskColors colors) {
        this.link = link;
        this.colors = colors;
        link.stateProperty().addListener((property, before, now) -> update());
        link.snapshotProperty().addListener((property, before, now) -> {
            update();
            lookForWanted();
        });
        update();
    }

    public ObjectProperty<Page> pageProperty() {
        return page;
    }

    public Page page() {
        return page.get();
    }

    public void goTo(Page newPage) {
        page.set(newPage);
    }

    /**
     * Opens a volume as soon as the engine tells of it.
     *
     * @param name a disk's name, or the mount point, device or name of another volume
     */
    public void open(String name) {
        missing.set(null);
        wanted = name;
        snapshotsWithoutWanted = 0;
        lookForWanted();
    }

    /** The volume that was to be opened and is not there; null for none. */
    public ReadOnlyObjectProperty<@Nullable String> missingProperty() {
        return missing.getReadOnlyProperty();
    }

    public ObservableList<Entry> entries() {
        return entries;
    }

    public ReadOnlyObjectProperty<EngineLine> engineLineProperty() {
        return engineLine.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Scenery> sceneryProperty() {
        return scenery.getReadOnlyProperty();
    }

    /** The next page in the sidebar's order, for Ctrl+Page Down ({@code 1}) and Ctrl+Page Up ({@code -1}). */
    public void step(int direction) {
        List<Page> pages = new ArrayList<>(MAIN);
        entries.forEach(entry -> pages.add(new Page.Disk(entry.name())));
        pages.add(new Page.Activity());
        pages.add(new Page.Settings());
        int here = Math.max(0, pages.indexOf(page.get()));
        goTo(pages.get(Math.floorMod(here + direction, pages.size())));
    }

    /** Tries again, and starts an engine where none runs, whatever the settings say. */
    public void retry() {
        link.start();
    }

    /** The sentence of an error. */
    public static String sentence(CramdiskException error) {
        return Texts.sentence(error);
    }

    /** What stands behind "Details". */
    public static String details(CramdiskException error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private void update() {
        Snapshot snapshot = link.snapshot();
        if (snapshot != null) {
            showDisks(snapshot);
        }
        EngineState state = link.state();
        if (state instanceof EngineState.Running running) {
            int disks = snapshot == null ? 0 : snapshot.disks().size();
            String details = Texts.of(
                    "app.engine.details",
                    running.status().version(),
                    Long.toString(running.status().pid()),
                    running.status().logFile());
            engineLine.set(new EngineLine(Tone.GOOD, Texts.of("app.engine.running", disks), details));
            scenery.set(Scenery.PAGE);
        } else if (state instanceof EngineState.Reconnecting) {
            engineLine.set(new EngineLine(Tone.WAITING, Texts.of("app.engine.away"), ""));
            scenery.set(Scenery.STALE_PAGE);
        } else if (state instanceof EngineState.Unavailable) {
            engineLine.set(new EngineLine(Tone.BAD, Texts.of("app.engine.none"), ""));
            scenery.set(Scenery.NO_ENGINE);
        } else {
            engineLine.set(new EngineLine(Tone.WAITING, Texts.of("app.starting"), ""));
            scenery.set(Scenery.LOADING);
        }
    }

    /** The error to explain; null while there is an engine. */
    public @Nullable CramdiskException error() {
        return link.state() instanceof EngineState.Unavailable unavailable ? unavailable.error() : null;
    }

    private void lookForWanted() {
        Snapshot snapshot = link.snapshot();
        String name = wanted;
        if (snapshot == null || name == null) {
            return;
        }
        Optional<Page> found = pageOf(name, snapshot);
        if (found.isPresent()) {
            wanted = null;
            goTo(found.get());
        } else if (++snapshotsWithoutWanted >= SNAPSHOTS_UNTIL_MISSING) {
            wanted = null;
            goTo(new Page.Overview());
            missing.set(name);
        }
    }

    private static Optional<Page> pageOf(String name, Snapshot snapshot) {
        if (snapshot.disks().stream().anyMatch(disk -> disk.info().name().equals(name))) {
            return Optional.of(new Page.Disk(name));
        }
        return snapshot.volumes().stream()
                .filter(volume -> name.equals(volume.title())
                        || name.equals(volume.target())
                        || name.equals(volume.device())
                        || name.equals(volume.name()))
                .findFirst()
                .map(volume -> new Page.Volume(volume.title()));
    }

    private void showDisks(Snapshot snapshot) {
        List<String> names =
                snapshot.disks().stream().map(disk -> disk.info().name()).toList();
        colors.update(OwnVolumes.keys(snapshot));
        List<Entry> now =
                names.stream().map(name -> new Entry(name, colors.of(name))).toList();
        if (!now.equals(entries)) {
            entries.setAll(now);
        }
        if (page.get() instanceof Page.Volume open
                && snapshot.volumes().stream()
                        .noneMatch(volume -> volume.title().equals(open.title()))) {
            goTo(new Page.Volumes());
        }
        if (page.get() instanceof Page.Disk disk && !names.contains(disk.name())) {
            goTo(new Page.Overview());
        }
    }
}
