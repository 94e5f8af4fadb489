// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.attach;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.FilesystemType;
import io.github.cramdisk.api.volume.MountFlags;
import io.github.cramdisk.api.volume.MountTarget;
import io.github.cramdisk.gui.common.CommandWords;
import io.github.cramdisk.gui.common.FormModel;
import io.github.cramdisk.gui.common.Texts;
import java.nio.file.Path;
import java.util.List;
import javafx.beans.Observable;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** What a disk that is to be mounted is asked for: filesystem, mount point, label. */
public final class AttachFields {
    private final ObjectProperty<FilesystemType> filesystem =
            new SimpleObjectProperty<>(this, "filesystem", FilesystemType.EXT4);
    private final StringProperty target = new SimpleStringProperty(this, "target", "");
    private final StringProperty label = new SimpleStringProperty(this, "label", "");
    private final ReadOnlyStringWrapper filesystemError = new ReadOnlyStringWrapper(this, "filesystemError", "");
    private final ReadOnlyStringWrapper targetError = new ReadOnlyStringWrapper(this, "targetError", "");
    private final ReadOnlyStringWrapper labelError = new ReadOnlyStringWrapper(this, "labelError", "");
    private String suggested = "";

    /** Everything that a form has to follow. */
    public List<Observable> all() {
        return List.of(filesystem, target, label);
    }

    /** Suggests a folder of the disk's name in the home of the user, unless another one was typed. */
    public void suggest(String disk) {
        if (!disk.isBlank() && target.get().equals(suggested)) {
            suggested = Path.of(System.getProperty("user.home")).resolve(disk).toString();
            target.set(suggested);
        }
    }

    /**
     * Checks the fields for a disk of a size, in bytes; the errors say what is wrong.
     *
     * @return what they ask for; null where something is wrong
     */
    public @Nullable DeviceFilesystem check(long sizeBytes) {
        FilesystemType type = filesystem.get();
        filesystemError.set(FormModel.errorOf(() -> {
            if (sizeBytes < type.smallest().bytes()) {
                throw new CramdiskException(
                        ErrorKind.INVALID_DEVICE_OPTION,
                        type.text(),
                        Texts.of("attach.error.small", type.smallest().format()));
            }
            return "";
        }));
        targetError.set(FormModel.errorOf(() -> {
            if (path().isEmpty()) {
                return Texts.of("attach.error.folder");
            }
            MountTarget.check(path());
            return "";
        }));
        labelError.set(FormModel.errorOf(() -> {
            DeviceFilesystem unused = use("/x");
            return "";
        }));
        boolean good = filesystemError.get().isEmpty()
                && targetError.get().isEmpty()
                && labelError.get().isEmpty();
        return good ? use(path()) : null;
    }

    /** The command line that attaches the disk so. */
    public CommandWords command(String disk) {
        return new CommandWords("disk attach")
                .word(disk, "NAME")
                .option("--mount", path().isEmpty() ? "DIR" : path())
                .flag("--mkdir", true)
                .option(
                        "--fs",
                        filesystem.get() == FilesystemType.EXT4
                                ? ""
                                : filesystem.get().text())
                .option("--label", label.get().strip());
    }

    public ObjectProperty<FilesystemType> filesystemProperty() {
        return filesystem;
    }

    /** Where it is mounted; made if it is missing. */
    public StringProperty targetProperty() {
        return target;
    }

    public StringProperty labelProperty() {
        return label;
    }

    public ReadOnlyStringProperty filesystemErrorProperty() {
        return filesystemError.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty targetErrorProperty() {
        return targetError.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty labelErrorProperty() {
        return labelError.getReadOnlyProperty();
    }

    private String path() {
        return target.get().strip();
    }

    private DeviceFilesystem use(String path) {
        return new DeviceFilesystem(
                filesystem.get(),
                path,
                true,
                label.get().isBlank() ? null : label.get().strip(),
                null,
                null,
                null,
                null,
                MountFlags.DEFAULT,
                List.of(),
                false);
    }
}
