// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.api.volume.VolumeUser;
import io.github.cramdisk.gui.common.Folder;
import io.github.cramdisk.gui.common.OwnVolumes;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.engine.EngineLink;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ChangeListener;
import org.jspecify.annotations.Nullable;

/** View model of the page of a volume that is no disk. */
public final class VolumeModel implements AutoCloseable {
    /** To find who uses a volume, the engine reads what every process has open. */
    private static final long USERS_MILLIS = 5_000;

    private final String title;
    private final int colorIndex;
    private final EngineLink link;
    private final Tasks tasks;
    private final InsightModel insight;
    private final ReadOnlyObjectWrapper<@Nullable Face> face = new ReadOnlyObjectWrapper<>(this, "face");
    private final ReadOnlyObjectWrapper<@Nullable List<String>> users = new ReadOnlyObjectWrapper<>(this, "users");
    private final ChangeListener<@Nullable Snapshot> listener = (property, before, now) -> look(now);
    private boolean asking;
    private long askedMillis;

    /**
     * Everything the page shows apart from its past.
     *
     * @param change whether size and options can be changed
     * @param remove the words on the button that takes it away; empty where it may not be
     */
    record Face(
            VolumeInfo volume,
            String kind,
            String get,
            String getNote,
            String costs,
            String costsNote,
            String ratio,
            String ratioNote,
            boolean change,
            String remove) {}

    public VolumeModel(String title, int colorIndex, EngineLink link, Tasks tasks) {
        this.title = title;
        this.colorIndex = colorIndex;
        this.link = link;
        this.tasks = tasks;
        this.insight = new InsightModel(title, false, link);
        link.snapshotProperty().addListener(listener);
        look(link.snapshot());
    }

    /** Mount point or device. */
    public String title() {
        return title;
    }

    int colorIndex() {
        return colorIndex;
    }

    InsightModel insight() {
        return insight;
    }

    Tasks tasks() {
        return tasks;
    }

    /** Null before the volume is first seen; keeps the last state when it has gone. */
    ReadOnlyObjectProperty<@Nullable Face> faceProperty() {
        return face.getReadOnlyProperty();
    }

    /** Who keeps it busy, a line each; null before that is known. */
    ReadOnlyObjectProperty<@Nullable List<String>> usersProperty() {
        return users.getReadOnlyProperty();
    }

    /** Opens where it is mounted in the file manager of the desktop. */
    void openFolder() {
        Face shown = face.get();
        String target = shown == null ? null : shown.volume().target();
        if (target != null) {
            Folder.open(target, tasks);
        }
    }

    @Override
    public void close() {
        link.snapshotProperty().removeListener(listener);
        insight.close();
    }

    private void look(@Nullable Snapshot snapshot) {
        if (snapshot == null) {
            return;
        }
        snapshot.volumes().stream()
                .filter(volume ->
                        volume.kind() != VolumeKind.DISK && volume.title().equals(title))
                .findFirst()
                .ifPresent(volume -> face.set(faceOf(volume)));
        if (!asking && insight.activeProperty().get() && snapshot.timeMillis() - askedMillis >= USERS_MILLIS) {
            asking = true;
            askedMillis = snapshot.timeMillis();
            link.call(engine -> engine.volumes().list(true).volumes())
                    .onSuccess(this::takeUsers)
                    .onFailure(error -> asking = false);
        }
    }

    private void takeUsers(List<VolumeInfo> volumes) {
        asking = false;
        volumes.stream()
                .filter(volume -> volume.title().equals(title))
                .findFirst()
                .ifPresent(volume -> users.set(
                        volume.users().stream().map(VolumeUser::toString).toList()));
    }

    private static Face faceOf(VolumeInfo volume) {
        Long size = volume.sizeBytes();
        Long swapped = volume.swappedBytes();
        boolean zram = volume.kind() == VolumeKind.ZRAM || volume.kind() == VolumeKind.ZSWAP;
        boolean empty = volume.usedBytes() == 0 || volume.residentBytes() == 0;
        boolean untold = volume.atLeast();
        return new Face(
                volume,
                OwnVolumes.kind(volume),
                size == null ? Texts.of("common.no-limit") : Sizes.format(size),
                untold
                        ? Texts.of("disk.volume.untold")
                        : volume.usedBytes() == 0
                                ? Texts.of("common.empty")
                                : Texts.of("common.used", Sizes.format(volume.usedBytes())),
                untold ? "–" : Sizes.format(volume.residentBytes()),
                swapped == null || swapped == 0
                        ? Texts.of("disk.volume.in-memory")
                        : Texts.of("disk.volume.swapped", Sizes.format(swapped)),
                !zram
                        ? Sizes.formatRatio(1, 1)
                        : empty ? "–" : Sizes.formatRatio((double) volume.usedBytes() / volume.residentBytes(), 2),
                zram ? algorithm(volume) : Texts.of("disk.volume.not-compressed"),
                volume.kind() == VolumeKind.TMPFS,
                remove(volume));
    }

    private static String algorithm(VolumeInfo volume) {
        return volume.options().stream()
                .filter(option -> option.startsWith("algorithm=") || option.startsWith("compressor="))
                .map(option -> option.substring(option.indexOf('=') + 1))
                .findFirst()
                .orElse("");
    }

    private static String remove(VolumeInfo volume) {
        boolean mayGo = volume.managed() || !OwnVolumes.isOfTheSystem(volume);
        return switch (volume.kind()) {
            case TMPFS, RAMFS -> mayGo ? Texts.of("volumes.unmount") : "";
            case ZRAM -> mayGo ? Texts.of("volumes.remove") : "";
            default -> "";
        };
    }

    /** Options as they are, one string; empty for none. */
    static String options(VolumeInfo volume) {
        return String.join(", ", volume.options());
    }
}
