// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.overview;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.DiskStats;
import io.github.cramdisk.api.MachineMemory;
import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.gui.common.CostEstimate;
import io.github.cramdisk.gui.common.DiskColors;
import io.github.cramdisk.gui.common.OwnMemory;
import io.github.cramdisk.gui.common.OwnVolumes;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.create.Gains;
import io.github.cramdisk.gui.create.Purpose;
import io.github.cramdisk.gui.engine.EngineLink;
import io.github.cramdisk.gui.engine.EngineState;
import io.github.cramdisk.gui.memorybar.MemoryParts;
import java.time.Duration;
import java.util.Comparator;
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
    /** How long a sentence stays; what failed takes longer to read. */
    private static final Duration TOAST = Duration.ofSeconds(10);

    private static final Duration TOAST_FAILED = Duration.ofSeconds(30);

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
    private final ObservableList<CardModel> cards = FXCollections.observableArrayList();
    private final ObservableList<CardModel> cardsView = FXCollections.unmodifiableObservableList(cards);
    private final ObservableList<ForeignRow> foreign = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<@Nullable Toast> toast = new ReadOnlyObjectWrapper<>(this, "toast");
    private final Resizer resizer;
    private long windowBytes;
    private int snapshots;
    private int toasts;

    public OverviewModel(EngineLink link, DiskColors colors, OwnMemory ownMemory, Tasks tasks) {
        this.link = link;
        this.colors = colors;
        this.ownMemory = ownMemory;
        this.tasks = tasks;
        this.resizer = new Resizer(link, this::say);
        link.snapshotProperty().addListener((property, before, now) -> show(now));
        show(link.snapshot());
    }

    public ReadOnlyObjectProperty<MemoryParts> memoryProperty() {
        return memory.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty subtitleProperty() {
        return subtitle.getReadOnlyProperty();
    }

    /** What all volumes hold and cost together; empty while there are fewer than two. */
    public ReadOnlyStringProperty totalProperty() {
        return total.getReadOnlyProperty();
    }

    /** A card for each volume of the user, disks first; cards live as long as their volumes. */
    public ObservableList<CardModel> cards() {
        return cardsView;
    }

    /** What else is in memory, the largest first. */
    ObservableList<ForeignRow> foreign() {
        return foreign;
    }

    /** What was just done; null while there is nothing to tell. */
    ReadOnlyObjectProperty<@Nullable Toast> toastProperty() {
        return toast.getReadOnlyProperty();
    }

    void dismissToast() {
        toast.set(null);
    }

    /** What a disk of the usual kind would cost, for the bubble while drawing. */
    public CostEstimate estimate(long bytes) {
        Snapshot snapshot = link.snapshot();
        return CostEstimate.of(
                new ByteSize(bytes),
                CodecSpec.LZ4,
                DiskSpec.MIN_BLOCK_SIZE,
                null,
                snapshot == null
                        ? List.of()
                        : snapshot.disks().stream().map(DiskStats::info).toList());
    }

    /** @see io.github.cramdisk.gui.memorybar.MemoryBar.OnResized */
    void resize(String key, long limitBytes, long beforeBytes) {
        resizer.resize(key, limitBytes, beforeBytes);
    }

    /** What somebody would gain by a volume for {@code purpose}. */
    String gain(Purpose purpose) {
        return Gains.of(purpose, link.snapshot());
    }

    /** The volume behind a key, empty for a disk. */
    Optional<VolumeInfo> volume(String key) {
        return cards.stream()
                .filter(card -> card.key().equals(key) && !card.isDisk())
                .map(CardModel::volume)
                .findFirst();
    }

    /** Takes a volume that something else made into the definitions. */
    void adopt(VolumeInfo volume) {
        link.call(engine -> engine.volumes().adopt(volume.title()))
                .onSuccess(adopted -> say(new Toast(Texts.of("overview.adopted", volume.title()), false, null)))
                .onFailure(error -> say(new Toast(Texts.sentence(error), true, null)));
    }

    void say(Toast news) {
        toast.set(news);
        int mine = ++toasts;
        tasks.after(news.failed() ? TOAST_FAILED : TOAST, () -> {
            if (mine == toasts) {
                toast.set(null);
            }
        });
    }

    private void show(@Nullable Snapshot snapshot) {
        if (snapshot == null) {
            return;
        }
        if (snapshots++ % OWN_MEMORY_EVERY == 0) {
            tasks.run(ownMemory::bytes).onSuccess(bytes -> windowBytes = bytes);
        }
        colors.update(OwnVolumes.keys(snapshot));
        memory.set(MemoryParts.of(snapshot, windowBytes, colors::of));
        subtitle.set(describe(snapshot.memory()));
        total.set(describeTotal(snapshot));
        showCards(snapshot);
        showForeign(snapshot);
    }

    private static String describe(MachineMemory machine) {
        String total = Sizes.format(machine.totalBytes());
        long swapUsed = machine.swapTotalBytes() - machine.swapFreeBytes();
        return swapUsed > 0
                ? Texts.of(
                        "overview.subtitle.swap", total, Sizes.format(swapUsed), Sizes.format(machine.swapTotalBytes()))
                : Texts.of("overview.subtitle", total);
    }

    private static String describeTotal(Snapshot snapshot) {
        List<VolumeInfo> others = OwnVolumes.of(snapshot);
        if (snapshot.disks().size() + others.size() < 2) {
            return "";
        }
        long held = others.stream().mapToLong(VolumeInfo::usedBytes).sum();
        long cost = others.stream().mapToLong(VolumeInfo::residentBytes).sum();
        for (DiskStats disk : snapshot.disks()) {
            held += disk.info().logicalBytes();
            cost += disk.info().residentBytes();
        }
        return Texts.of("overview.total", Sizes.format(held), Sizes.format(cost));
    }

    private void showCards(Snapshot snapshot) {
        List<String> keys = OwnVolumes.keys(snapshot);
        cards.removeIf(card -> !keys.contains(card.key()));
        int index = 0;
        for (DiskStats disk : snapshot.disks()) {
            DiskInfo info = disk.info();
            Optional<CardModel> known = card(info.name());
            if (known.isPresent()) {
                known.get().update(info, link.histories().of(info.name()));
            } else {
                cards.add(
                        Math.min(index, cards.size()),
                        new CardModel(info, link.histories().of(info.name()), colors.of(info.name())));
            }
            index++;
        }
        for (VolumeInfo volume : OwnVolumes.of(snapshot)) {
            Optional<CardModel> known = card(volume.title());
            if (known.isPresent()) {
                known.get().update(volume);
            } else {
                cards.add(Math.min(index, cards.size()), new CardModel(volume, colors.of(volume.title())));
            }
            index++;
        }
    }

    private Optional<CardModel> card(String key) {
        return cards.stream().filter(card -> card.key().equals(key)).findFirst();
    }

    private void showForeign(Snapshot snapshot) {
        long ofDisks = snapshot.disks().stream()
                .mapToLong(disk -> disk.info().residentBytes())
                .sum();
        String arenas = link.state() instanceof EngineState.Running running
                ? running.status().arenaDirectory()
                : "";
        List<ForeignRow> now = OwnVolumes.foreign(snapshot).stream()
                .sorted(Comparator.comparingLong(VolumeInfo::residentBytes)
                        .reversed()
                        .thenComparing(VolumeInfo::title))
                .map(volume -> ForeignRow.of(volume, arenas.startsWith(volume.title() + "/") ? ofDisks : 0))
                .toList();
        if (!now.equals(foreign)) {
            foreign.setAll(now);
        }
    }
}
