// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskUpdate;
import io.github.cramdisk.api.WaitingWrites;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.engine.EngineLink;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/** View model of what stands above a disk whose clients wait for room: why, and the ways out. */
final class WaitModel {
    private static final long MEBIBYTE = 1L << 20;
    private static final long MILLIS = 1000;

    private final EngineLink link;
    private final ReadOnlyObjectWrapper<@Nullable Face> face = new ReadOnlyObjectWrapper<>(this, "face");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(this, "busy");
    private final ReadOnlyStringWrapper outcome = new ReadOnlyStringWrapper(this, "outcome", "");

    /**
     * What is shown.
     *
     * @param grow words on the button that raises the limit; empty where that does not help
     */
    record Face(DiskInfo info, String sentence, String grow, ByteSize newLimit) {}

    WaitModel(EngineLink link) {
        this.link = link;
    }

    /** Null while nothing waits. */
    ReadOnlyObjectProperty<@Nullable Face> faceProperty() {
        return face.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** What the latest way out brought; empty before one was tried. */
    ReadOnlyStringProperty outcomeProperty() {
        return outcome.getReadOnlyProperty();
    }

    /** @param nowMillis time of the snapshot */
    void show(DiskInfo info, long nowMillis) {
        WaitingWrites waiting = info.waiting();
        if (waiting == null) {
            face.set(null);
            outcome.set("");
            return;
        }
        long seconds = Math.max(0, (nowMillis - waiting.sinceMillis()) / MILLIS);
        String why = switch (waiting.shortOf()) {
            case RAM_LIMIT -> Texts.of("disk.wait.limit", Sizes.format(limitOf(info)));
            case ARENA -> Texts.of("disk.wait.arena");
            case MACHINE -> Texts.of("disk.wait.machine");
        };
        ByteSize larger = larger(info);
        boolean helps = waiting.shortOf() == WaitingWrites.Shortage.RAM_LIMIT;
        face.set(new Face(
                info,
                Texts.of("disk.wait", waiting.writes(), Sizes.format(waiting.bytes()), seconds) + " " + why,
                helps ? Texts.of("disk.wait.grow", Sizes.formatTyped(larger)) : "",
                larger));
    }

    private static long limitOf(DiskInfo info) {
        Long effective = info.effectiveLimitBytes();
        return effective == null ? info.residentBytes() : effective;
    }

    /** Half as much again, in whole MiB. */
    private static ByteSize larger(DiskInfo info) {
        long wanted = limitOf(info) / 2 * 3;
        return ByteSize.ofMebi(Math.max(1, (wanted + MEBIBYTE - 1) / MEBIBYTE));
    }

    /** Raises the RAM limit, so that what waits goes on. */
    void grow() {
        Face shown = face.get();
        if (shown != null && !busy.get()) {
            busy.set(true);
            link.call(engine ->
                            engine.updateDisk(shown.info().name(), new DiskUpdate(null, shown.newLimit(), false, null)))
                    .onSuccess(changed -> done(Texts.of("disk.wait.grown", Sizes.formatTyped(shown.newLimit()))))
                    .onFailure(this::failed);
        }
    }

    /** Packs the memory of the disk more tightly. */
    void free() {
        Face shown = face.get();
        if (shown != null && !busy.get()) {
            busy.set(true);
            link.call(engine -> engine.trimDisk(shown.info().name()))
                    .onSuccess(released -> done(
                            released.bytes() == 0
                                    ? Texts.of("disk.wait.nothing-free")
                                    : Texts.of("disk.trim.done", Sizes.format(released.bytes()))))
                    .onFailure(this::failed);
        }
    }

    private void done(String words) {
        busy.set(false);
        outcome.set(words);
    }

    private void failed(CramdiskException error) {
        done(Texts.sentence(error));
    }
}
