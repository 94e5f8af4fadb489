// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.attach;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.attach.AttachSpec;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.FileMode;
import io.github.cramdisk.api.volume.FilesystemType;
import io.github.cramdisk.api.volume.MountOptions;
import io.github.cramdisk.api.volume.MountTarget;
import io.github.cramdisk.api.volume.PrincipalId;
import io.github.cramdisk.gui.common.CommandWords;
import io.github.cramdisk.gui.common.FormModel;
import io.github.cramdisk.gui.common.Texts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** What a disk that becomes a device of this machine is asked for: a folder, swap or neither, with all their options. */
public final class AttachFields {
    final ObjectProperty<Use> use = new SimpleObjectProperty<>(this, "use", Use.FOLDER);
    final ObjectProperty<@Nullable FilesystemType> filesystem;
    final CheckedText target = new CheckedText();
    final CheckedText label = new CheckedText();
    final CheckedText uuid = new CheckedText();
    final CheckedText owner = new CheckedText();
    final CheckedText group = new CheckedText();
    final CheckedText mode = new CheckedText();
    final CheckedText options = new CheckedText();
    final CheckedText priority = new CheckedText();
    final BooleanProperty makeFolder = new SimpleBooleanProperty(this, "makeFolder", true);
    final BooleanProperty discard = new SimpleBooleanProperty(this, "discard", true);
    final ObjectProperty<DeviceSwap.Discard> swapDiscard =
            new SimpleObjectProperty<>(this, "swapDiscard", DeviceSwap.Discard.NONE);
    private final ReadOnlyStringWrapper filesystemError = new ReadOnlyStringWrapper(this, "filesystemError", "");
    private final boolean existing;
    private String suggested = "";

    /** What the device is used as. */
    public enum Use {
        FOLDER,
        SWAP,
        DEVICE
    }

    /** Who is to own the root directory, as typed: a name or a number, empty for who asks. */
    public record Owners(String user, String group) {
        /**
         * The same with the numbers of the owners; may take a few seconds.
         *
         * @throws CramdiskException {@link ErrorKind#INVALID_ARGUMENT} where there is no such user or group
         */
        public AttachSpec of(AttachSpec spec) {
            return spec.use() instanceof DeviceFilesystem found
                    ? new AttachSpec(
                            found.ownedBy(number(user, PrincipalId::user), number(group, PrincipalId::group)),
                            spec.format(),
                            spec.anyType())
                    : spec;
        }

        private static @Nullable Long number(String typed, Function<String, PrincipalId> find) {
            return typed.isEmpty() ? null : find.apply(typed).id();
        }
    }

    private AttachFields(boolean existing) {
        this.existing = existing;
        filesystem = new SimpleObjectProperty<>(this, "filesystem", existing ? null : FilesystemType.EXT4);
    }

    /** For a disk that holds nothing yet. */
    public static AttachFields ofNew() {
        return new AttachFields(false);
    }

    /** For a disk that may hold something: unless a filesystem is chosen, what it holds is mounted. */
    public static AttachFields ofExisting() {
        return new AttachFields(true);
    }

    /** Everything that a form has to follow. */
    public List<Observable> all() {
        List<Observable> all = new ArrayList<>(List.of(use, filesystem, makeFolder, discard, swapDiscard));
        texts().forEach(field -> all.add(field.textProperty()));
        return all;
    }

    private List<CheckedText> texts() {
        return List.of(target, label, uuid, owner, group, mode, options, priority);
    }

    /** Suggests a folder of the disk's name in the home of the user, unless another one was typed. */
    public void suggest(String disk) {
        if (!disk.isBlank() && target.textProperty().get().equals(suggested)) {
            suggested = Path.of(System.getProperty("user.home")).resolve(disk).toString();
            target.textProperty().set(suggested);
        }
    }

    /** The owners, to be looked up where that may take a while. */
    public Owners owners() {
        return new Owners(owner.typed(), group.typed());
    }

    /**
     * Checks the fields for a disk of a size, in bytes; the errors say what is wrong.
     *
     * @return what they ask for, without the {@link #owners}; null where something is wrong
     */
    public @Nullable AttachSpec check(long sizeBytes) {
        boolean folder = use.get() == Use.FOLDER;
        boolean swap = use.get() == Use.SWAP;
        filesystemError.set(folder ? FormModel.errorOf(() -> smallness(sizeBytes)) : "");
        List<CheckedText> fields = texts();
        fields.forEach(field -> field.setError(""));
        if (folder || swap) {
            uuid.check(AttachFields::readUuid);
        }
        if (folder) {
            target.setError(FormModel.errorOf(this::checkTarget));
            owner.check(AttachFields::readPrincipal);
            group.check(AttachFields::readPrincipal);
            mode.check(FileMode::parse);
            options.check(typed -> AttachSpec.with(plain("/x", MountOptions.parse(typed))));
            label.check(typed -> labelled(typed));
        } else if (swap) {
            priority.check(typed -> DeviceSwap.of(readPriority(typed)));
            label.check(typed -> new DeviceSwap(null, DeviceSwap.Discard.NONE, typed, null));
        }
        boolean wrong = !filesystemError.get().isEmpty() || fields.stream().anyMatch(CheckedText::isWrong);
        return wrong ? null : spec();
    }

    private AttachSpec spec() {
        return switch (use.get()) {
            case FOLDER -> new AttachSpec(filesystem(), false, filesystem.get() == null);
            case SWAP -> AttachSpec.with(swap());
            case DEVICE -> AttachSpec.BARE;
        };
    }

    private String smallness(long sizeBytes) {
        if (sizeBytes < type().smallest().bytes()) {
            throw new CramdiskException(
                    ErrorKind.INVALID_DEVICE_OPTION,
                    type().text(),
                    Texts.of("attach.error.small", type().smallest().format()));
        }
        return "";
    }

    private String checkTarget() {
        if (target.typed().isEmpty()) {
            return Texts.of("attach.error.folder");
        }
        MountTarget.check(target.typed());
        return "";
    }

    private static void readPrincipal(String typed) {
        if (!PrincipalId.isWellFormed(typed)) {
            throw wrong("attach.error.principal", typed);
        }
    }

    private static UUID readUuid(String typed) {
        try {
            UUID read = UUID.fromString(typed);
            if (read.toString().equalsIgnoreCase(typed)) {
                return read;
            }
        } catch (IllegalArgumentException e) {
            throw new CramdiskException(ErrorKind.INVALID_ARGUMENT, e, Texts.of("attach.error.uuid", typed));
        }
        throw wrong("attach.error.uuid", typed);
    }

    private static int readPriority(String typed) {
        try {
            return Integer.parseInt(typed);
        } catch (NumberFormatException e) {
            throw new CramdiskException(ErrorKind.INVALID_ARGUMENT, e, Texts.of("attach.error.priority", typed));
        }
    }

    private static CramdiskException wrong(String key, String typed) {
        return new CramdiskException(ErrorKind.INVALID_ARGUMENT, Texts.of(key, typed));
    }

    private FilesystemType type() {
        FilesystemType chosen = filesystem.get();
        return chosen == null ? FilesystemType.EXT4 : chosen;
    }

    private DeviceFilesystem plain(String path, MountOptions parsed) {
        return new DeviceFilesystem(
                type(), path, false, null, null, null, null, null, parsed.flags(), parsed.own(), false);
    }

    private DeviceFilesystem labelled(String typed) {
        DeviceFilesystem plain = DeviceFilesystem.of(type(), "/x");
        return new DeviceFilesystem(
                type(), "/x", false, typed, null, null, null, null, plain.flags(), List.of(), false);
    }

    private DeviceFilesystem filesystem() {
        MountOptions parsed = MountOptions.parse(options.typed());
        return new DeviceFilesystem(
                type(),
                target.typed(),
                makeFolder.get(),
                label.typed().isEmpty() ? null : label.typed(),
                uuid.typed().isEmpty() ? null : readUuid(uuid.typed()),
                null,
                null,
                mode.typed().isEmpty() ? null : FileMode.parse(mode.typed()),
                parsed.flags(),
                parsed.own(),
                !discard.get() || parsed.noDiscard());
    }

    private DeviceSwap swap() {
        return new DeviceSwap(
                priority.typed().isEmpty() ? null : readPriority(priority.typed()),
                swapDiscard.get(),
                label.typed().isEmpty() ? null : label.typed(),
                uuid.typed().isEmpty() ? null : readUuid(uuid.typed()));
    }

    /** What to think of before; empty for nothing. */
    public String warning() {
        return use.get() == Use.SWAP
                ? Texts.warnings(AttachSpec.with(DeviceSwap.of(null)).warnings())
                : "";
    }

    /** The command line that attaches the disk so. */
    public CommandWords command(String disk) {
        CommandWords words = new CommandWords("disk attach").word(disk, "NAME");
        return switch (use.get()) {
            case FOLDER ->
                words.option("--mount", target.typed().isEmpty() ? "DIR" : target.typed())
                        .flag("--mkdir", makeFolder.get())
                        .option("--fs", typeWord())
                        .option("--label", label.typed())
                        .option("--uuid", uuid.typed())
                        .option("--owner", owner.typed())
                        .option("--group", group.typed())
                        .option("--mode", mode.typed())
                        .option("-o", options.typed())
                        .flag("--no-discard", !discard.get());
            case SWAP ->
                words.flag("--swap", true)
                        .option("--priority", priority.typed())
                        .flag("--discard=" + swapDiscard.get().text(), swapDiscard.get() != DeviceSwap.Discard.NONE)
                        .option("--label", label.typed())
                        .option("--uuid", uuid.typed());
            case DEVICE -> words;
        };
    }

    /** On a new disk the default goes without saying; on another one a type is a demand. */
    private String typeWord() {
        FilesystemType chosen = filesystem.get();
        return chosen == null || (!existing && chosen == FilesystemType.EXT4) ? "" : chosen.text();
    }

    /** Whether the disk may hold something already. */
    boolean isExisting() {
        return existing;
    }

    /** What it is used as. */
    public ObjectProperty<Use> useProperty() {
        return use;
    }

    /** The filesystem; null for the one that the disk holds. */
    public ObjectProperty<@Nullable FilesystemType> filesystemProperty() {
        return filesystem;
    }

    /** Where it is mounted. */
    public StringProperty targetProperty() {
        return target.textProperty();
    }

    public StringProperty labelProperty() {
        return label.textProperty();
    }

    public ReadOnlyStringProperty filesystemErrorProperty() {
        return filesystemError.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty targetErrorProperty() {
        return target.errorProperty();
    }

    public ReadOnlyStringProperty labelErrorProperty() {
        return label.errorProperty();
    }
}
