// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.overview;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.DiskStats;
import io.github.cramdisk.api.MachineMemory;
import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.gui.common.CostEstimate;
import io.github.cramdisk.gui.common.DiskColors;
import io.github.cramdisk.gui.common.OwnMemory;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.engine.EngineLink;
import io.github.cramdisk.gui.memorybar.MemoryParts;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** View model of the first page. */
public final class OverviewModel {
    /** Snapshots between two looks at the window's own memory: every five seconds. */
    private static final int OWN_MEMORY_EVERY = 5 * EngineLink.HERTZ;

    private final EngineLink link;
    private final DiskColors colors;
    private final OwnMemory ownMemory;
    private final Tasks tasks;
    private final ReadOnlyObjectWrapper<MemoryParts> memory =
            new ReadOnlyObjectWrapper<>(this, "memory", MemoryParts.UNKNOWN);
    private final ReadOnlyStringWrapper subtitle = new ReadOnlyStringWrapper(this, "subtitle", "");
    private final ReadOnlyStringWrapper total = new ReadOnlyStringWrapper(this, "total", "");
    private final ObservableList<DiskCardModel> disks = FXCollections.observableArrayList();
    private final ObservableList<DiskCardModel> disksView = FXCollections.unmodifiableObservableList(disks);
    private long windowBytes;
    private int snapshots;

    public OverviewModel(EngineLink link, DiskColors colors, OwnMemory ownMemory, Tasks tasks) {
        this.link = link;
        this.colors = colors;
        this.ownMemory = ownMemory;
        this.tasks = tasks;
        link.snapshotProperty().addListener((property, before, now) -> show(now));
        show(link.snapshot());
    }

    public ReadOnlyObjectProperty<MemoryParts> memoryProperty() {
        return memory.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty subtitleProperty() {
        return subtitle.getReadOnlyProperty();
    }

    /** What all disks hold and cost together; empty while there are fewer than two. */
    public ReadOnlyStringProperty totalProperty() {
        return total.getReadOnlyProperty();
    }

    /** A card for each disk, by name; cards live as long as their disks. */
    public ObservableList<DiskCardModel> disks() {
        return disksView;
    }

    /** What a disk of the usual kind would cost, for the bubble while drawing. */
    public CostEstimate estimate(long bytes) {
        return CostEstimate.of(new ByteSize(bytes), CodecSpec.LZ4, DiskSpec.MIN_BLOCK_SIZE, null);
    }

    private void show(@Nullable Snapshot snapshot) {
        if (snapshot == null) {
            return;
        }
        if (snapshots++ % OWN_MEMORY_EVERY == 0) {
            tasks.run(ownMemory::bytes).onSuccess(bytes -> windowBytes = bytes);
        }
        colors.update(snapshot.disks().stream().map(disk -> disk.info().name()).toList());
        memory.set(MemoryParts.of(snapshot, windowBytes, colors::of));
        subtitle.set(describe(snapshot.memory()));
        total.set(describeTotal(snapshot.disks()));
        showDisks(snapshot.disks());
    }

    private static String describe(MachineMemory machine) {
        String total = Sizes.format(machine.totalBytes());
        long swapUsed = machine.swapTotalBytes() - machine.swapFreeBytes();
        return swapUsed > 0
                ? Texts.of(
                        "overview.subtitle.swap", total, Sizes.format(swapUsed), Sizes.format(machine.swapTotalBytes()))
                : Texts.of("overview.subtitle", total);
    }

    private static String describeTotal(List<DiskStats> all) {
        if (all.size() < 2) {
            return "";
        }
        long logical =
                all.stream().mapToLong(disk -> disk.info().logicalBytes()).sum();
        long resident =
                all.stream().mapToLong(disk -> disk.info().residentBytes()).sum();
        return Texts.of("overview.total", Sizes.format(logical), Sizes.format(resident));
    }

    private void showDisks(List<DiskStats> stats) {
        List<String> names = stats.stream().map(disk -> disk.info().name()).toList();
        disks.removeIf(card -> !names.contains(card.name()));
        for (int i = 0; i < stats.size(); i++) {
            DiskStats disk = stats.get(i);
            String name = disk.info().name();
            Optional<DiskCardModel> known =
                    disks.stream().filter(card -> card.name().equals(name)).findFirst();
            if (known.isPresent()) {
                known.get().update(disk, link.histories().of(name));
            } else {
                disks.add(
                        Math.min(i, disks.size()),
                        new DiskCardModel(disk, link.histories().of(name), colors.of(name)));
            }
        }
    }
}
