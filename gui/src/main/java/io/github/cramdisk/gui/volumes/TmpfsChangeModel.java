// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.volumes;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.volume.FileMode;
import io.github.cramdisk.api.volume.MountFlagsChange;
import io.github.cramdisk.api.volume.SizeLimit;
import io.github.cramdisk.api.volume.TmpfsChange;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.gui.common.CommandWords;
import io.github.cramdisk.gui.common.FormModel;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.engine.EngineLink;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** View model of the form that resizes or remounts a tmpfs; only what was changed in it is asked for. */
public final class TmpfsChangeModel extends FormModel<TmpfsChange, VolumeInfo> {
    private static final String UNLIMITED = "unlimited";

    private final EngineLink link;
    private final VolumeInfo volume;
    private final String firstSize;
    private final boolean firstReadOnly;
    private final boolean firstNoexec;
    final StringProperty size = new SimpleStringProperty();
    final StringProperty inodes = new SimpleStringProperty("");
    final StringProperty mode = new SimpleStringProperty("");
    final BooleanProperty readOnly = new SimpleBooleanProperty();
    final BooleanProperty noexec = new SimpleBooleanProperty();
    private final ReadOnlyStringWrapper sizeError = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper inodesError = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper modeError = new ReadOnlyStringWrapper("");

    public TmpfsChangeModel(EngineLink link, VolumeInfo volume) {
        this.link = link;
        this.volume = volume;
        Long bytes = volume.sizeBytes();
        firstSize = bytes == null ? UNLIMITED : Sizes.formatTyped(new ByteSize(bytes));
        firstReadOnly = volume.options().contains("ro");
        firstNoexec = volume.options().contains("noexec");
        size.set(firstSize);
        readOnly.set(firstReadOnly);
        noexec.set(firstNoexec);
        follow(this::check, List.of(size, inodes, mode, readOnly, noexec));
        check();
    }

    String title() {
        return Texts.of("volumes.change.title", target());
    }

    /** What it holds now, because it cannot become smaller. */
    String holds() {
        return Texts.of("volumes.holds", Sizes.format(volume.usedBytes()));
    }

    ReadOnlyStringProperty sizeErrorProperty() {
        return sizeError.getReadOnlyProperty();
    }

    ReadOnlyStringProperty inodesErrorProperty() {
        return inodesError.getReadOnlyProperty();
    }

    ReadOnlyStringProperty modeErrorProperty() {
        return modeError.getReadOnlyProperty();
    }

    @Override
    protected Tasks.Pending<VolumeInfo> ask(TmpfsChange wanted) {
        return link.call(engine -> engine.volumes().remountTmpfs(wanted));
    }

    private String target() {
        return Objects.requireNonNullElse(volume.target(), volume.title());
    }

    private void check() {
        sizeError.set(errorOf(() -> {
            SizeLimit unused = TmpfsFormModel.limit(size.get());
            return "";
        }));
        inodesError.set(errorOf(() -> {
            TmpfsChange unused = change(null, Numbers.parse(inodes.get()), null, MountFlagsChange.NONE);
            return "";
        }));
        modeError.set(errorOf(() -> {
            FileMode unused = fileMode();
            return "";
        }));
        boolean good = sizeError.get().isEmpty()
                && inodesError.get().isEmpty()
                && modeError.get().isEmpty();
        setWish(good ? wish() : null);
        setCommand(new CommandWords("tmpfs remount")
                .word(target(), "DIR")
                .option(
                        "--size",
                        sizeChanged() && sizeError.get().isEmpty() ? newSize().toString() : "")
                .option("--inodes", inodes.get().strip())
                .option("--mode", mode.get().strip())
                .option("-o", flagWords())
                .toString());
    }

    private @Nullable TmpfsChange wish() {
        SizeLimit newSize = sizeChanged() ? newSize() : null;
        String words = flagWords();
        MountFlagsChange flags = words.isEmpty() ? MountFlagsChange.NONE : MountFlagsChange.parse(words);
        Long files = Numbers.parse(inodes.get());
        FileMode newMode = fileMode();
        boolean nothing = newSize == null && files == null && newMode == null && words.isEmpty();
        return nothing ? null : change(newSize, files, newMode, flags);
    }

    private TmpfsChange change(
            @Nullable SizeLimit newSize, @Nullable Long files, @Nullable FileMode newMode, MountFlagsChange flags) {
        return new TmpfsChange(target(), newSize, files, newMode, null, null, null, null, null, null, null, flags);
    }

    private boolean sizeChanged() {
        return !size.get().strip().equals(firstSize);
    }

    private SizeLimit newSize() {
        return TmpfsFormModel.limit(size.get());
    }

    private @Nullable FileMode fileMode() {
        return mode.get().isBlank() ? null : FileMode.parse(mode.get().strip());
    }

    private String flagWords() {
        List<String> words = new ArrayList<>();
        if (readOnly.get() != firstReadOnly) {
            words.add(readOnly.get() ? "ro" : "rw");
        }
        if (noexec.get() != firstNoexec) {
            words.add(noexec.get() ? "noexec" : "exec");
        }
        return String.join(",", words);
    }
}
