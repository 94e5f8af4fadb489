// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.monitor;

import io.github.cramdisk.api.DiskStats;
import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeUser;
import io.github.cramdisk.gui.common.DiskColors;
import io.github.cramdisk.gui.common.Refusal;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.engine.EngineLink;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * View model of the monitor. The past is kept from the start of the window on; rows are brought up to date and users
 * are asked for only while the page is shown.
 */
public final class MonitorModel {
    /** Snapshots between two questions for users, because every open file of the machine is looked at. */
    private static final int ASK_EVERY = 5 * EngineLink.HERTZ;

    private final EngineLink link;
    private final DiskColors colors;
    private final RecentPast past = new RecentPast();
    private final ObservableList<MonitorRow> rows = FXCollections.observableArrayList();
    private final ObservableList<String> alerts = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<@Nullable Totals> totals = new ReadOnlyObjectWrapper<>(this, "totals");
    private final ReadOnlyObjectWrapper<@Nullable Refusal> refusal = new ReadOnlyObjectWrapper<>(this, "refusal");
    private Map<String, String> users = new HashMap<>();
    private boolean shown;
    private int snapshots;

    /**
     * Of all volumes together, in bytes.
     *
     * @param savedBytes what compression saves: used minus resident, where that is more than nothing
     */
    record Totals(int volumes, int ours, long usedBytes, long residentBytes, long savedBytes) {}

    public MonitorModel(EngineLink link, DiskColors colors) {
        this.link = link;
        this.colors = colors;
        link.snapshotProperty().addListener((property, before, now) -> look(now));
    }

    ObservableList<MonitorRow> rows() {
        return rows;
    }

    /** What is about to go wrong, a sentence each. */
    ObservableList<String> alerts() {
        return alerts;
    }

    /** Null before the first snapshot. */
    ReadOnlyObjectProperty<@Nullable Totals> totalsProperty() {
        return totals.getReadOnlyProperty();
    }

    /** Why a volume was not adopted; null where nothing is wrong. */
    ReadOnlyObjectProperty<@Nullable Refusal> refusalProperty() {
        return refusal.getReadOnlyProperty();
    }

    /** Begins or ends to keep the rows up to date. */
    void setShown(boolean nowShown) {
        shown = nowShown;
        if (shown) {
            askForUsers();
            update();
        }
    }

    /** Takes a volume that something else made into the definitions. */
    void adopt(VolumeInfo volume) {
        refusal.set(null);
        link.call(engine -> engine.volumes().adopt(volume.title()))
                .onFailure(error -> refusal.set(Refusal.of(error, "cramdisk adopt '" + volume.title() + "'")));
    }

    private void look(@Nullable Snapshot snapshot) {
        if (snapshot == null) {
            return;
        }
        if (snapshots++ % EngineLink.HERTZ == 0) {
            remember(snapshot);
        }
        if (shown) {
            if (snapshots % ASK_EVERY == 0) {
                askForUsers();
            }
            update();
        }
    }

    private void remember(Snapshot snapshot) {
        Map<String, Long> resident = new HashMap<>();
        snapshot.disks()
                .forEach(disk -> resident.put(MonitorRows.key(disk), disk.info().residentBytes()));
        snapshot.volumes().forEach(volume -> resident.put(MonitorRows.key(volume), volume.residentBytes()));
        past.retain(resident.keySet());
        resident.forEach(past::add);
    }

    private void askForUsers() {
        link.call(engine -> engine.volumes().list(true)).onSuccess(list -> {
            Map<String, String> found = new HashMap<>();
            list.volumes().forEach(volume -> found.put(MonitorRows.key(volume), describe(volume.users())));
            users = found;
            update();
        });
    }

    private static String describe(List<VolumeUser> all) {
        return all.stream().map(VolumeUser::command).distinct().collect(Collectors.joining(", "));
    }

    private void update() {
        Snapshot snapshot = link.snapshot();
        if (snapshot == null) {
            return;
        }
        Map<String, MonitorRow.Face> faces = new LinkedHashMap<>();
        for (DiskStats disk : snapshot.disks()) {
            String key = MonitorRows.key(disk);
            faces.put(
                    key,
                    MonitorRows.of(disk, past.of(key), colors.of(disk.info().name())));
        }
        for (VolumeInfo volume : snapshot.volumes()) {
            String key = MonitorRows.key(volume);
            faces.putIfAbsent(
                    key, MonitorRows.of(volume, past.of(key), users.getOrDefault(key, ""), colors.of(volume.title())));
        }
        List<String> wrong = faces.values().stream()
                .filter(face -> !face.alert().isEmpty())
                .map(face -> Texts.of("monitor.alert", face.title(), face.alert()))
                .toList();
        show(faces);
        if (!wrong.equals(alerts)) {
            alerts.setAll(wrong);
        }
        totals.set(totalsNow());
    }

    private void show(Map<String, MonitorRow.Face> faces) {
        rows.removeIf(row -> !faces.containsKey(row.key()));
        rows.forEach(row -> {
            MonitorRow.Face face = faces.remove(row.key());
            if (face != null) {
                row.show(face);
            }
        });
        faces.forEach((key, face) -> rows.add(new MonitorRow(key, face)));
    }

    private Totals totalsNow() {
        long used = 0;
        long resident = 0;
        long saved = 0;
        int ours = 0;
        for (MonitorRow row : rows) {
            MonitorRow.Face face = row.face();
            used += face.usedBytes();
            resident += face.residentBytes();
            saved += face.ratio() > 0 ? Math.max(0, face.usedBytes() - face.residentBytes()) : 0;
            ours += face.managed() ? 1 : 0;
        }
        return new Totals(rows.size(), ours, used, resident, saved);
    }

    /** A size, or what stands for none. */
    static String sizeText(@Nullable Long bytes) {
        return bytes == null ? Texts.of("common.no-limit") : Sizes.formatShort(bytes);
    }
}
