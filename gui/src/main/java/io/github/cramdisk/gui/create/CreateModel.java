// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.create;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.DiskStats;
import io.github.cramdisk.api.DiskUpdate;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.FullPolicy;
import io.github.cramdisk.api.FullWait;
import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.api.SqueezeSpec;
import io.github.cramdisk.api.attach.AttachSpec;
import io.github.cramdisk.api.job.JobKind;
import io.github.cramdisk.gui.attach.AttachFields;
import io.github.cramdisk.gui.attach.JobWatch;
import io.github.cramdisk.gui.common.CostEstimate;
import io.github.cramdisk.gui.common.FormModel;
import io.github.cramdisk.gui.common.Refusal;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.engine.EngineLink;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ChangeListener;
import org.jspecify.annotations.Nullable;

/**
 * View model of the create dialog. Every change is checked at once; what is wrong is said in the same sentences as by
 * the engine, because the check is the engine's own ({@link DiskSpec}).
 */
public final class CreateModel extends FormModel<DiskSpec, DiskInfo> {
    static final List<ByteSize> BLOCK_SIZES = List.of(
            ByteSize.ofKibi(4), ByteSize.ofKibi(8), ByteSize.ofKibi(16), ByteSize.ofKibi(32), ByteSize.ofKibi(64));

    private static final ByteSize FIRST_SIZE = ByteSize.ofGibi(1);

    private final EngineLink link;
    private final StringProperty name = new SimpleStringProperty(this, "name", "");
    private final StringProperty sizeText = new SimpleStringProperty(this, "sizeText", "");
    private final Compression compression = new Compression(CodecSpec.LZ4, SqueezeSpec.DEFAULT);
    private final ObjectProperty<ByteSize> blockSize =
            new SimpleObjectProperty<>(this, "blockSize", DiskSpec.MIN_BLOCK_SIZE);
    private final BooleanProperty limited = new SimpleBooleanProperty(this, "limited");
    private final StringProperty limitText = new SimpleStringProperty(this, "limitText", "");
    private final StringProperty growText = new SimpleStringProperty(this, "growText", "");
    private final ObjectProperty<FullWait> fullWait = new SimpleObjectProperty<>(this, "fullWait", FullWait.AUTO);
    private final BooleanProperty readOnly = new SimpleBooleanProperty(this, "readOnly");

    private final BooleanProperty mounted = new SimpleBooleanProperty(this, "mounted");
    private final AttachFields mount = AttachFields.ofNew();
    private final DiskMaker maker = new DiskMaker();
    private final JobWatch job;

    private final ReadOnlyStringWrapper nameError = new ReadOnlyStringWrapper(this, "nameError", "");
    private final ReadOnlyStringWrapper sizeError = new ReadOnlyStringWrapper(this, "sizeError", "");
    private final ReadOnlyStringWrapper limitError = new ReadOnlyStringWrapper(this, "limitError", "");
    private final ReadOnlyStringWrapper growError = new ReadOnlyStringWrapper(this, "growError", "");
    private final ReadOnlyObjectWrapper<@Nullable ByteSize> size = new ReadOnlyObjectWrapper<>(this, "size");
    private final ReadOnlyObjectWrapper<@Nullable CostEstimate> estimate =
            new ReadOnlyObjectWrapper<>(this, "estimate");
    private final ReadOnlyObjectWrapper<Machine> machine =
            new ReadOnlyObjectWrapper<>(this, "machine", new Machine(0, 0, 0));

    private final ChangeListener<@Nullable Snapshot> listener = (property, before, now) -> look(now);

    /** What the machine has, for the picture: in bytes. */
    public record Machine(long totalBytes, long freeBytes, long availableBytes) {
        /** Memory in use that is not given back on demand, plus cache. */
        public long usedBytes() {
            return Math.max(0, totalBytes - freeBytes);
        }
    }

    public CreateModel(EngineLink link, Draft draft) {
        this.link = link;
        this.job = new JobWatch(link, JobKind.ATTACH, JobKind.DETACH);
        List<Observable> fields = new ArrayList<>(mount.all());
        fields.addAll(compression.all());
        fields.addAll(List.of(name, sizeText, blockSize));
        fields.addAll(List.of(limited, limitText, growText, fullWait, readOnly, mounted));
        follow(this::check, fields);
        name.addListener((property, before, now) -> mount.suggest(now.strip()));
        busyProperty().addListener((property, before, now) -> job.clear());
        link.snapshotProperty().addListener(listener);
        name.set(suggestName());
        begin(draft);
        // Who wants no compression gets none, unless it is asked for after that.
        compression
                .algorithmProperty()
                .addListener(observable -> compression
                        .squeezedProperty()
                        .set(SqueezeSpec.defaultFor(compression.codec()).isOn()));
        limited.addListener((property, before, now) -> suggestLimit());
        look(link.snapshot());
        check();
    }

    private void begin(Draft draft) {
        sizeText.set(Sizes.formatTyped(draft.size() == null ? FIRST_SIZE : draft.size()));
        if (draft.codec() != null) {
            compression.set(draft.codec());
        }
        if (draft.blockSize() != null) {
            blockSize.set(draft.blockSize());
        }
        if (draft.limit() != null) {
            limitText.set(Sizes.formatTyped(draft.limit()));
            limited.set(true);
        }
    }

    public StringProperty nameProperty() {
        return name;
    }

    public StringProperty sizeTextProperty() {
        return sizeText;
    }

    /** How it compresses. */
    public Compression compression() {
        return compression;
    }

    public ObjectProperty<ByteSize> blockSizeProperty() {
        return blockSize;
    }

    public BooleanProperty limitedProperty() {
        return limited;
    }

    public StringProperty limitTextProperty() {
        return limitText;
    }

    /** Up to where the limit may rise by itself; empty for a fixed one. */
    public StringProperty growTextProperty() {
        return growText;
    }

    /** How long writes wait for room. */
    public ObjectProperty<FullWait> fullWaitProperty() {
        return fullWait;
    }

    public BooleanProperty readOnlyProperty() {
        return readOnly;
    }

    /** Whether it is mounted once it is created. */
    BooleanProperty mountedProperty() {
        return mounted;
    }

    /** How it is mounted. */
    AttachFields mount() {
        return mount;
    }

    /** The mounting while it is under way. */
    JobWatch job() {
        return job;
    }

    /** What is wrong with the name; empty where nothing is. So are the other errors. */
    public ReadOnlyStringProperty nameErrorProperty() {
        return nameError.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty sizeErrorProperty() {
        return sizeError.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty limitErrorProperty() {
        return limitError.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty growErrorProperty() {
        return growError.getReadOnlyProperty();
    }

    /** The size, null while what is typed is none. */
    public ReadOnlyObjectProperty<@Nullable ByteSize> sizeProperty() {
        return size.getReadOnlyProperty();
    }

    /** What it is likely to cost, null while there is no size. */
    public ReadOnlyObjectProperty<@Nullable CostEstimate> estimateProperty() {
        return estimate.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Machine> machineProperty() {
        return machine.getReadOnlyProperty();
    }

    /** Sets the size from the picture. */
    public void setSize(ByteSize newSize) {
        sizeText.set(Sizes.formatTyped(newSize));
    }

    @Override
    protected Tasks.Pending<DiskInfo> ask(DiskSpec wanted) {
        AttachSpec attach = mounted.get() ? mount.check(wanted.size().bytes()) : null;
        AttachFields.Owners owners = mount.owners();
        return link.call(engine -> maker.make(engine, wanted, attach == null ? null : owners.of(attach)));
    }

    @Override
    protected Refusal refused(CramdiskException error) {
        String made = name.get().strip();
        if (!maker.hasMade(made)) {
            return super.refused(error);
        }
        Refusal refusal = Refusal.of(error, mount.command(made).toString());
        String stays = Texts.of("create.mount.stays", made);
        String advice = refusal.command().isEmpty() ? stays : stays + " " + Texts.of("create.mount.helps");
        return new Refusal(refusal.sentence(), advice, refusal.command());
    }

    @Override
    public void close() {
        link.snapshotProperty().removeListener(listener);
    }

    private void look(@Nullable Snapshot snapshot) {
        if (snapshot != null) {
            machine.set(new Machine(
                    snapshot.memory().totalBytes(),
                    snapshot.memory().freeBytes(),
                    snapshot.memory().availableBytes()));
            if (busyProperty().get()) {
                job.show(snapshot, name.get().strip());
            }
            check();
        }
    }

    private void check() {
        String checkedName = name.get().strip();
        nameError.set(errorOf(() -> {
            if (checkedName.isEmpty()) {
                return Texts.of("create.error.name");
            }
            DiskSpec.checkName(checkedName);
            if (!busyProperty().get()
                    && !maker.hasMade(checkedName)
                    && namesTaken().contains(checkedName)) {
                throw new CramdiskException(ErrorKind.DISK_EXISTS, checkedName);
            }
            return "";
        }));
        sizeError.set(errorOf(() -> {
            if (sizeText.get().isBlank()) {
                return Texts.of("create.error.size");
            }
            DiskSpec.of("a", Sizes.parse(sizeText.get()));
            return "";
        }));
        limitError.set(errorOf(() -> {
            if (!limited.get()) {
                return "";
            }
            if (limitText.get().isBlank()) {
                return Texts.of("create.error.limit");
            }
            checkLimit(Sizes.parse(limitText.get()));
            return "";
        }));
        size.set(sizeError.get().isEmpty() ? Sizes.parse(sizeText.get()) : null);
        ByteSize limit = limited.get() && limitError.get().isEmpty() ? Sizes.parse(limitText.get()) : null;
        ByteSize checkedSize = size.get();
        growError.set(errorOf(() -> {
            if (limit != null && !growText.get().isBlank()) {
                DiskSpec unused = new DiskSpec(
                        "a", FIRST_SIZE, CodecSpec.LZ4, DiskSpec.MIN_BLOCK_SIZE, limit, false, whenFull(limit));
            }
            return "";
        }));
        CodecSpec codec = compression.codec();
        estimate.set(checkedSize == null ? null : CostEstimate.of(checkedSize, codec, blockSize.get(), limit, disks()));
        boolean good = nameError.get().isEmpty()
                && limitError.get().isEmpty()
                && growError.get().isEmpty()
                && checkedSize != null
                && (!mounted.get() || mount.check(checkedSize.bytes()) != null);
        setWish(
                good && checkedSize != null
                        ? new DiskSpec(
                                checkedName,
                                checkedSize,
                                codec,
                                blockSize.get(),
                                limit,
                                readOnly.get(),
                                whenFull(limit),
                                compression.squeeze())
                        : null);
        setWarning(warningOf(checkedSize));
        String create = commandOf(checkedName.isEmpty() ? "NAME" : checkedName, checkedSize, limit);
        setCommand(mounted.get() ? create + " && " + mount.command(checkedName) : create);
    }

    /** What happens at the limit; the usual where there is none. */
    private FullPolicy whenFull(@Nullable ByteSize limit) {
        if (limit == null) {
            return FullPolicy.DEFAULT;
        }
        return new FullPolicy(growText.get().isBlank() ? null : Sizes.parse(growText.get()), fullWait.get());
    }

    private static void checkLimit(ByteSize limit) {
        DiskUpdate unused = new DiskUpdate(null, limit, false, null);
    }

    private String warningOf(@Nullable ByteSize checkedSize) {
        CostEstimate cost = estimate.get();
        if (checkedSize == null || cost == null) {
            return "";
        }
        long available = machine.get().availableBytes();
        if (available > 0 && cost.lowBytes() > available) {
            return Texts.of("create.warning.too-large", Sizes.format(available));
        }
        if (available > 0 && cost.highBytes() > available) {
            return Texts.of("create.warning.maybe-too-large", Sizes.format(available));
        }
        if (readOnly.get()) {
            return Texts.of("create.warning.read-only");
        }
        return mounted.get() ? mount.warning() : "";
    }

    private String commandOf(String checkedName, @Nullable ByteSize checkedSize, @Nullable ByteSize limit) {
        StringBuilder line = new StringBuilder("cramdisk disk create ")
                .append(checkedName)
                .append(" --size ")
                .append(checkedSize == null ? "SIZE" : Sizes.formatTyped(checkedSize));
        CodecSpec codec = compression.codec();
        switch (codec.algorithm()) {
            case LZ4 -> {}
            case NONE -> line.append(" --codec none");
            case ZSTD -> line.append(" --codec zstd --level ").append(codec.level());
        }
        if (!compression.squeeze().equals(SqueezeSpec.defaultFor(codec))) {
            line.append(" --squeeze ").append(compression.squeeze());
        }
        if (!blockSize.get().equals(DiskSpec.MIN_BLOCK_SIZE)) {
            line.append(" --block-size ").append(blockSize.get().formatExact());
        }
        if (limit != null) {
            line.append(" --ram-limit ").append(Sizes.formatTyped(limit));
            if (growError.get().isEmpty() && !growText.get().isBlank()) {
                line.append(" --grow-to ").append(Sizes.formatTyped(Sizes.parse(growText.get())));
            }
            if (!fullWait.get().equals(FullWait.AUTO)) {
                line.append(" --full ").append(fullWait.get());
            }
        }
        if (readOnly.get()) {
            line.append(" --read-only");
        }
        return line.toString();
    }

    private void suggestLimit() {
        CostEstimate cost = estimate.get();
        if (limited.get() && limitText.get().isBlank() && cost != null) {
            ByteSize mebibytes = ByteSize.ofMebi(Math.max(DiskSpec.MIN_RAM_LIMIT.bytes(), cost.highBytes()) >> 20);
            limitText.set(Sizes.formatTyped(mebibytes));
        }
    }

    private String suggestName() {
        Set<String> taken = namesTaken();
        int number = 1;
        while (taken.contains("disk" + number)) {
            number++;
        }
        return "disk" + number;
    }

    private List<DiskInfo> disks() {
        Snapshot snapshot = link.snapshot();
        return snapshot == null
                ? List.of()
                : snapshot.disks().stream().map(DiskStats::info).toList();
    }

    private Set<String> namesTaken() {
        Set<String> names = new HashSet<>();
        Snapshot snapshot = link.snapshot();
        if (snapshot != null) {
            snapshot.disks().forEach(disk -> names.add(disk.info().name()));
        }
        return names;
    }
}
