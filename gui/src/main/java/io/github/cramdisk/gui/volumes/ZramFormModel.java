// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.volumes;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.DeviceUse;
import io.github.cramdisk.api.volume.FilesystemType;
import io.github.cramdisk.api.volume.KernelSupport;
import io.github.cramdisk.api.volume.ZramAlgorithm;
import io.github.cramdisk.api.volume.ZramInfo;
import io.github.cramdisk.api.volume.ZramSchedule;
import io.github.cramdisk.api.volume.ZramSpec;
import io.github.cramdisk.api.volume.ZramUpkeep;
import io.github.cramdisk.gui.common.CommandWords;
import io.github.cramdisk.gui.common.FormModel;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.engine.EngineLink;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** View model of the form that makes a zram device, as a filesystem or as swap. */
public final class ZramFormModel extends FormModel<ZramSpec, ZramInfo> {
    /** Half of an odd number of megabytes is no size that people choose. */
    private static final long SIZE_GRID = 256L << 20;

    private static final int MINUTES_OF_HOUR = 60;

    private final EngineLink link;
    private final KernelLimits limits;
    final MountFields mount = new MountFields();
    final BooleanProperty asSwap = new SimpleBooleanProperty();
    final StringProperty size = new SimpleStringProperty("1G");
    final StringProperty algorithm = new SimpleStringProperty("");
    final StringProperty parameters = new SimpleStringProperty("");
    final StringProperty recompression = new SimpleStringProperty("");
    final StringProperty memLimit = new SimpleStringProperty("");
    final ObjectProperty<FilesystemType> filesystem = new SimpleObjectProperty<>(FilesystemType.EXT4);
    final StringProperty label = new SimpleStringProperty("");
    final StringProperty priority = new SimpleStringProperty("100");

    final StringProperty backingDevice = new SimpleStringProperty("");
    /** Minutes between two passes of the upkeep; 0 for none. */
    final ObjectProperty<Integer> upkeepMinutes = new SimpleObjectProperty<>(0);

    private final ReadOnlyStringWrapper backingError = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper sizeError = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper algorithmError = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper memLimitError = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper targetError = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper filesystemError = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper labelError = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper priorityError = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper modeError = new ReadOnlyStringWrapper("");

    /** @param support what the kernel has; null while it is unknown */
    public ZramFormModel(EngineLink link, @Nullable KernelSupport support) {
        this.link = link;
        limits = new KernelLimits(support);
        List<Observable> fields = new ArrayList<>(mount.all());
        fields.addAll(
                List.of(asSwap, size, algorithm, parameters, recompression, memLimit, filesystem, label, priority));
        fields.addAll(List.of(backingDevice, upkeepMinutes));
        follow(this::check, fields);
        check();
    }

    /** Begins as swap: half as large as the memory, as distributions do it. */
    public void beginAsSwap() {
        asSwap.set(true);
        Snapshot snapshot = link.snapshot();
        if (snapshot != null) {
            long half = snapshot.memory().totalBytes() / 2 / SIZE_GRID * SIZE_GRID;
            setSize(new ByteSize(Math.max(SIZE_GRID, half)));
        }
    }

    /** A size that was chosen already. */
    public void setSize(ByteSize chosen) {
        size.set(Sizes.formatTyped(chosen));
    }

    /** An algorithm that was chosen already; left to the kernel where it is known to lack it. */
    public void setAlgorithm(String chosen) {
        KernelSupport support = limits.support();
        if (support == null
                || support.zramAlgorithms().isEmpty()
                || support.zramAlgorithms().contains(chosen)) {
            algorithm.set(chosen);
        }
    }

    /** A limit of memory that was chosen already. */
    public void setLimit(ByteSize chosen) {
        memLimit.set(Sizes.formatTyped(chosen));
    }

    KernelLimits limits() {
        return limits;
    }

    /** Algorithms to choose from; the empty one is the kernel's default. */
    List<String> algorithms() {
        List<String> names = new ArrayList<>(List.of(""));
        KernelSupport support = limits.support();
        if (support != null) {
            names.addAll(support.zramAlgorithms());
        }
        return names;
    }

    ReadOnlyStringProperty sizeErrorProperty() {
        return sizeError.getReadOnlyProperty();
    }

    ReadOnlyStringProperty algorithmErrorProperty() {
        return algorithmError.getReadOnlyProperty();
    }

    ReadOnlyStringProperty memLimitErrorProperty() {
        return memLimitError.getReadOnlyProperty();
    }

    ReadOnlyStringProperty backingErrorProperty() {
        return backingError.getReadOnlyProperty();
    }

    ReadOnlyStringProperty targetErrorProperty() {
        return targetError.getReadOnlyProperty();
    }

    ReadOnlyStringProperty filesystemErrorProperty() {
        return filesystemError.getReadOnlyProperty();
    }

    ReadOnlyStringProperty labelErrorProperty() {
        return labelError.getReadOnlyProperty();
    }

    ReadOnlyStringProperty priorityErrorProperty() {
        return priorityError.getReadOnlyProperty();
    }

    ReadOnlyStringProperty modeErrorProperty() {
        return modeError.getReadOnlyProperty();
    }

    @Override
    protected Tasks.Pending<ZramInfo> ask(ZramSpec wanted) {
        return link.call(engine -> engine.volumes().createZram(wanted));
    }

    private void check() {
        boolean swap = asSwap.get();
        targetError.set(swap ? "" : errorOf(mount::checkTarget));
        modeError.set(swap ? "" : errorOf(mount::checkMode));
        filesystemError.set(swap ? "" : limits.without(filesystem.get()));
        priorityError.set(swap ? errorOf(() -> probe(DeviceSwap.of(priorityNumber()))) : "");
        labelError.set(errorOf(() -> probe(swap ? swap(null) : filesystem("/x", null, false))));
        sizeError.set(errorOf(() -> {
            if (size.get().isBlank()) {
                return Texts.of("volumes.error.zram-size");
            }
            ZramSpec unused = ZramSpec.of(
                    Sizes.parse(size.get()), swap ? DeviceSwap.of(null) : DeviceFilesystem.of(filesystem.get(), "/x"));
            return "";
        }));
        algorithmError.set(errorOf(() -> {
            ZramAlgorithm unused = algorithmOrNull();
            return "";
        }));
        memLimitError.set(errorOf(() -> {
            ZramSpec unused = new ZramSpec(ByteSize.ofGibi(1), null, List.of(), limit(), null, false);
            return "";
        }));
        backingError.set(errorOf(() -> {
            ZramSpec unused =
                    new ZramSpec(ByteSize.ofGibi(1), null, List.of(), null, null, backingOrNull(), null, false);
            return "";
        }));
        boolean good = List.of(
                        sizeError,
                        algorithmError,
                        backingError,
                        memLimitError,
                        targetError,
                        filesystemError,
                        labelError,
                        priorityError,
                        modeError)
                .stream()
                .allMatch(error -> error.get().isEmpty());
        ZramSpec spec = good
                ? new ZramSpec(
                        Sizes.parse(size.get()),
                        algorithmOrNull(),
                        recompression.get().isEmpty() ? List.of() : List.of(ZramAlgorithm.of(recompression.get())),
                        limit(),
                        swap ? swap(priorityNumber()) : filesystem(mount.path(), mount, mount.createTarget.get()),
                        backingOrNull(),
                        schedule(),
                        mount.temporary.get())
                : null;
        setWish(spec);
        setWarning(spec == null ? "" : Texts.warnings(spec.warnings()));
        setCommand(command(swap));
    }

    private static String probe(DeviceUse use) {
        return use instanceof DeviceSwap || use instanceof DeviceFilesystem ? "" : "?";
    }

    private @Nullable Integer priorityNumber() {
        Long number = Numbers.parse(priority.get());
        return number == null ? null : (int) Math.max(-1, Math.min(number, DeviceSwap.MOST_PRIORITY + 1L));
    }

    private DeviceSwap swap(@Nullable Integer rank) {
        return new DeviceSwap(rank, DeviceSwap.Discard.NONE, labelOrNull(), null);
    }

    private DeviceFilesystem filesystem(String target, @Nullable MountFields fields, boolean createTarget) {
        DeviceFilesystem plain = DeviceFilesystem.of(filesystem.get(), target);
        return new DeviceFilesystem(
                plain.type(),
                target,
                createTarget,
                labelOrNull(),
                null,
                null,
                null,
                fields == null ? null : fields.fileMode(),
                fields == null ? plain.flags() : fields.flags(),
                List.of(),
                false);
    }

    private @Nullable String labelOrNull() {
        return label.get().isBlank() ? null : label.get().strip();
    }

    private @Nullable ZramAlgorithm algorithmOrNull() {
        return algorithm.get().isEmpty() ? null : ZramAlgorithm.parse(algorithmText());
    }

    private String algorithmText() {
        boolean plain = algorithm.get().isEmpty() || parameters.get().isBlank();
        return plain
                ? algorithm.get()
                : algorithm.get() + ":" + parameters.get().strip();
    }

    private @Nullable String backingOrNull() {
        return backingDevice.get().isBlank() ? null : backingDevice.get().strip();
    }

    /** What serves a device with these means, as the command line does it. */
    private @Nullable ZramSchedule schedule() {
        int minutes = upkeepMinutes.get();
        return minutes == 0
                ? null
                : new ZramSchedule(
                        minutes, ZramUpkeep.of(!recompression.get().isEmpty(), backingOrNull() != null), false);
    }

    private static String time(int minutes) {
        return minutes == 0 ? "" : minutes % MINUTES_OF_HOUR == 0 ? minutes / MINUTES_OF_HOUR + "h" : minutes + "m";
    }

    private @Nullable ByteSize limit() {
        return memLimit.get().isBlank() ? null : Sizes.parse(memLimit.get());
    }

    private String command(boolean swap) {
        CommandWords words = new CommandWords("zram create")
                .option("--size", sizeError.get().isEmpty() ? Sizes.formatTyped(Sizes.parse(size.get())) : "SIZE")
                .option("--algorithm", algorithmText())
                .option("--recompress-algorithm", recompression.get())
                .option("--backing-device", backingDevice.get().strip())
                .option("--upkeep-every", time(upkeepMinutes.get()))
                .option("--mem-limit", memLimit.get().strip());
        if (swap) {
            words.flag("--swap", true).option("--priority", priority.get().strip());
        } else {
            words.option("--mount", mount.path().isEmpty() ? "DIR" : mount.path())
                    .option(
                            "--fs",
                            filesystem.get() == FilesystemType.EXT4
                                    ? ""
                                    : filesystem.get().text())
                    .option("--mode", mount.mode.get().strip())
                    .option("-o", mount.flagWords())
                    .flag("--mkdir", mount.createTarget.get());
        }
        return words.option("--label", label.get().strip())
                .flag("--temporary", mount.temporary.get())
                .toString();
    }
}
