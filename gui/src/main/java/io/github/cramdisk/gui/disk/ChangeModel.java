// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskUpdate;
import io.github.cramdisk.api.FullWait;
import io.github.cramdisk.api.SqueezeSpec;
import io.github.cramdisk.gui.common.FormModel;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.create.Compression;
import io.github.cramdisk.gui.engine.EngineLink;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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

/** View model of the form that changes a disk while it is used: codec, limit, access. */
public final class ChangeModel extends FormModel<DiskUpdate, DiskInfo> {
    private final DiskInfo info;
    private final EngineLink link;
    private final Compression compression;
    private final BooleanProperty limited;
    private final StringProperty limitText;
    private final BooleanProperty readOnly;
    private final StringProperty growText;
    private final ObjectProperty<FullWait> fullWait;
    private final ReadOnlyStringWrapper growError = new ReadOnlyStringWrapper(this, "growError", "");
    private final ReadOnlyStringWrapper limitError = new ReadOnlyStringWrapper(this, "limitError", "");

    public ChangeModel(DiskInfo info, EngineLink link) {
        this.info = info;
        this.link = link;
        compression = new Compression(info.codec(), info.squeeze());
        Long limit = info.ramLimitBytes();
        limited = new SimpleBooleanProperty(this, "limited", limit != null);
        limitText = new SimpleStringProperty(this, "limit", limit == null ? "" : typed(limit));
        readOnly = new SimpleBooleanProperty(this, "readOnly", info.readOnly());
        ByteSize grow = info.whenFull().growTo();
        growText = new SimpleStringProperty(this, "growText", grow == null ? "" : Sizes.formatTyped(grow));
        fullWait = new SimpleObjectProperty<>(this, "fullWait", info.whenFull().fullWait());
        List<Observable> fields = new ArrayList<>(compression.all());
        fields.addAll(List.of(limited, limitText, growText, fullWait, readOnly));
        follow(this::check, fields);
        check();
    }

    private static String typed(long bytes) {
        return Sizes.formatTyped(new ByteSize(bytes));
    }

    DiskInfo info() {
        return info;
    }

    Compression compression() {
        return compression;
    }

    BooleanProperty limitedProperty() {
        return limited;
    }

    StringProperty limitTextProperty() {
        return limitText;
    }

    BooleanProperty readOnlyProperty() {
        return readOnly;
    }

    /** Up to where the limit may rise by itself; blank for not at all. */
    StringProperty growTextProperty() {
        return growText;
    }

    /** What writes do at the limit. */
    ObjectProperty<FullWait> fullWaitProperty() {
        return fullWait;
    }

    ReadOnlyStringProperty growErrorProperty() {
        return growError.getReadOnlyProperty();
    }

    ReadOnlyStringProperty limitErrorProperty() {
        return limitError.getReadOnlyProperty();
    }

    @Override
    protected Tasks.Pending<DiskInfo> ask(DiskUpdate wanted) {
        return link.call(engine -> engine.updateDisk(info.name(), wanted));
    }

    private void check() {
        limitError.set(errorOf(() -> {
            if (limited.get() && limitText.get().isBlank()) {
                return Texts.of("create.error.limit");
            }
            DiskUpdate unused = new DiskUpdate(null, limited.get() ? Sizes.parse(limitText.get()) : null, false, null);
            return "";
        }));
        ByteSize limit = limited.get() && limitError.get().isEmpty() ? Sizes.parse(limitText.get()) : null;
        growError.set(errorOf(() -> {
            ByteSize grow = grow();
            if (limit != null && grow != null && grow.bytes() < limit.bytes()) {
                return Texts.of("disk.change.grow-below");
            }
            return "";
        }));
        DiskUpdate update = limitError.get().isEmpty() && growError.get().isEmpty() ? update(limit) : null;
        boolean changes = update != null && !update.equals(new DiskUpdate(null, null, false, null));
        setWish(changes ? update : null);
        setWarning(warning(limit));
        setCommand(command(update));
    }

    private @Nullable ByteSize grow() {
        return limited.get() && !growText.get().isBlank() ? Sizes.parse(growText.get()) : null;
    }

    private DiskUpdate update(@Nullable ByteSize limit) {
        Long before = info.ramLimitBytes();
        ByteSize grow = grow();
        ByteSize growBefore = info.whenFull().growTo();
        boolean sameLimit = limit != null && before != null && before == limit.bytes();
        return new DiskUpdate(
                compression.codec().equals(info.codec()) ? null : compression.codec(),
                sameLimit ? null : limit,
                limit == null && before != null,
                readOnly.get() == info.readOnly() ? null : readOnly.get(),
                Objects.equals(grow, growBefore) ? null : grow,
                grow == null && growBefore != null && limit != null,
                fullWait.get().equals(info.whenFull().fullWait()) ? null : fullWait.get(),
                compression.squeeze().equals(info.squeeze()) ? null : compression.squeeze());
    }

    private String warning(@Nullable ByteSize limit) {
        if (limit != null && limit.bytes() < info.residentBytes()) {
            return Texts.of("disk.change.below", Sizes.format(info.residentBytes()));
        }
        return compression.codec().equals(info.codec()) || info.logicalBytes() == 0
                ? ""
                : Texts.of("disk.change.codec-later");
    }

    private String command(@Nullable DiskUpdate update) {
        StringBuilder line = new StringBuilder("cramdisk disk set ").append(info.name());
        if (update == null) {
            return line.toString();
        }
        CodecSpec codec = update.codec();
        if (codec != null) {
            line.append(" --codec ").append(codec);
        }
        ByteSize limit = update.ramLimit();
        if (limit != null) {
            line.append(" --ram-limit ").append(Sizes.formatTyped(limit));
        } else if (update.removeRamLimit()) {
            line.append(" --ram-limit none");
        }
        ByteSize grow = update.growTo();
        if (grow != null) {
            line.append(" --grow-to ").append(Sizes.formatTyped(grow));
        } else if (update.removeGrowTo()) {
            line.append(" --grow-to none");
        }
        FullWait wait = update.fullWait();
        if (wait != null) {
            line.append(" --full ").append(wait);
        }
        SqueezeSpec squeeze = update.squeeze();
        if (squeeze != null) {
            line.append(" --squeeze ").append(squeeze);
        }
        Boolean access = update.readOnly();
        if (access != null) {
            line.append(access ? " --read-only" : " --no-read-only");
        }
        return line.toString();
    }
}
