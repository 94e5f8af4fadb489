// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.compare;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.api.compare.Comparison;
import io.github.cramdisk.api.compare.Rival;
import io.github.cramdisk.api.job.JobKind;
import io.github.cramdisk.gui.attach.JobWatch;
import io.github.cramdisk.gui.common.CommandWords;
import io.github.cramdisk.gui.common.Refusal;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.create.Draft;
import io.github.cramdisk.gui.create.Purpose;
import io.github.cramdisk.gui.engine.EngineLink;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** View model of a comparison: the folder, what it will take, how far it is, what came of it. */
public final class CompareModel {
    private static final long SIZE_STEP = 256L << 20;
    /** Files grow: a volume for them begins with a quarter more. */
    private static final double ROOM_TO_GROW = 1.25;

    private final EngineLink link;
    private final JobWatch job;
    private final StringProperty path = new SimpleStringProperty(this, "path", "");
    private final ReadOnlyStringWrapper pathError = new ReadOnlyStringWrapper(this, "pathError", "");
    private final ReadOnlyStringWrapper memory = new ReadOnlyStringWrapper(this, "memory", "");
    private final ReadOnlyStringWrapper command = new ReadOnlyStringWrapper(this, "command", "");
    private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper(this, "note", "");
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper(this, "ready");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(this, "busy");
    private final ReadOnlyObjectWrapper<@Nullable Refusal> refusal = new ReadOnlyObjectWrapper<>(this, "refusal");
    private final ReadOnlyObjectWrapper<@Nullable Comparison> comparison =
            new ReadOnlyObjectWrapper<>(this, "comparison");
    private String running = "";

    /**
     * What a recommendation leads to.
     *
     * @param withSwap whether compressed swap belongs to it
     */
    record Recommendation(Purpose purpose, Draft draft, boolean withSwap) {}

    public CompareModel(EngineLink link) {
        this.link = link;
        job = new JobWatch(link, JobKind.COMPARE);
        path.addListener(observable -> check());
        link.snapshotProperty().addListener((property, before, now) -> look(now));
        look(link.snapshot());
        check();
    }

    /** The folder, as it is typed; a leading {@code ~} is the home of the user. */
    StringProperty pathProperty() {
        return path;
    }

    /** What is wrong with the folder; empty where nothing is, or nothing was typed. */
    ReadOnlyStringProperty pathErrorProperty() {
        return pathError.getReadOnlyProperty();
    }

    /** One sentence: how much memory it takes at most; empty while that is unknown. */
    ReadOnlyStringProperty memoryProperty() {
        return memory.getReadOnlyProperty();
    }

    /** The command line that does the same. */
    ReadOnlyStringProperty commandProperty() {
        return command.getReadOnlyProperty();
    }

    /** That it was stopped; empty where it was not. */
    ReadOnlyStringProperty noteProperty() {
        return note.getReadOnlyProperty();
    }

    /** Whether it can be started. */
    ReadOnlyBooleanProperty readyProperty() {
        return ready.getReadOnlyProperty();
    }

    /** Whether one is under way. */
    ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** Why there is no result; null where there is one, or none was asked for. */
    ReadOnlyObjectProperty<@Nullable Refusal> refusalProperty() {
        return refusal.getReadOnlyProperty();
    }

    /** The last result; null before the first. */
    ReadOnlyObjectProperty<@Nullable Comparison> comparisonProperty() {
        return comparison.getReadOnlyProperty();
    }

    /** How far it is. */
    JobWatch job() {
        return job;
    }

    void start() {
        if (!ready.get()) {
            return;
        }
        String directory = directory();
        running = directory;
        refusal.set(null);
        note.set("");
        busy.set(true);
        check();
        link.call(engine -> engine.compare(directory))
                .onSuccess(result -> {
                    ended();
                    comparison.set(result);
                })
                .onFailure(error -> {
                    ended();
                    tell(error, directory);
                });
    }

    private void ended() {
        busy.set(false);
        job.clear();
        check();
    }

    private void tell(CramdiskException error, String directory) {
        if (error.kind() == ErrorKind.CANCELLED) {
            note.set(Texts.of("compare.stopped"));
        } else {
            refusal.set(Refusal.of(error, commandFor(directory)));
        }
    }

    /** What the last result recommends, with room for all the files; null before it. */
    @Nullable
    Recommendation recommendation() {
        Comparison result = comparison.get();
        if (result == null) {
            return null;
        }
        Rival best = result.rivals().get(result.advice().rival());
        long steps = (long) Math.ceil(ROOM_TO_GROW * result.filesBytes() / SIZE_STEP);
        ByteSize size = new ByteSize(Math.max(1, steps) * SIZE_STEP);
        return switch (best.kind()) {
            case TMPFS -> new Recommendation(Purpose.SCRATCH, Draft.ofSize(size), false);
            case TMPFS_WITH_SWAP -> new Recommendation(Purpose.SCRATCH, Draft.ofSize(size), true);
            case ZRAM, DISK ->
                new Recommendation(
                        Purpose.DISK, Draft.ofDisk(size, best.codec(), new ByteSize(best.blockBytes())), false);
        };
    }

    private void look(@Nullable Snapshot snapshot) {
        if (snapshot == null) {
            return;
        }
        long available = snapshot.memory().availableBytes();
        memory.set(Texts.of(
                "compare.memory", Sizes.format(Comparison.mostMemoryBytes(available)), Sizes.format(available)));
        if (busy.get()) {
            job.show(snapshot, running);
        }
    }

    private void check() {
        String typed = path.get().strip();
        pathError.set(typed.isEmpty() || isWhole(directory()) ? "" : Texts.of("compare.error.path"));
        ready.set(!busy.get() && !typed.isEmpty() && pathError.get().isEmpty());
        command.set(commandFor(typed.isEmpty() || !pathError.get().isEmpty() ? "" : directory()));
    }

    private static boolean isWhole(String directory) {
        try {
            return Path.of(directory).isAbsolute();
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static String commandFor(String directory) {
        return new CommandWords("compare").word(directory, "PATH").toString();
    }

    private String directory() {
        String typed = path.get().strip();
        String whole = typed.equals("~") || typed.startsWith("~/")
                ? System.getProperty("user.home") + typed.substring(1)
                : typed;
        try {
            return Path.of(whole).toString();
        } catch (InvalidPathException e) {
            return whole;
        }
    }
}
