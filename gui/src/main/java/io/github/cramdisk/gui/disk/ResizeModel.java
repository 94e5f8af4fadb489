// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.gui.common.FormModel;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.engine.EngineLink;
import java.util.List;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** View model of the form that gives a disk another size while it is used. */
public final class ResizeModel extends FormModel<ByteSize, DiskInfo> {
    private final DiskInfo info;
    private final EngineLink link;
    private final StringProperty sizeText = new SimpleStringProperty(this, "size", "");
    private final ReadOnlyStringWrapper sizeError = new ReadOnlyStringWrapper(this, "sizeError", "");

    public ResizeModel(DiskInfo info, EngineLink link) {
        this.info = info;
        this.link = link;
        sizeText.set(Sizes.formatTyped(new ByteSize(info.sizeBytes())));
        follow(this::check, List.of(sizeText));
        check();
    }

    DiskInfo info() {
        return info;
    }

    StringProperty sizeTextProperty() {
        return sizeText;
    }

    ReadOnlyStringProperty sizeErrorProperty() {
        return sizeError.getReadOnlyProperty();
    }

    @Override
    protected Tasks.Pending<DiskInfo> ask(ByteSize wanted) {
        return link.call(engine -> engine.resizeDisk(info.name(), wanted));
    }

    private void check() {
        sizeError.set(errorOf(() -> {
            if (sizeText.get().isBlank()) {
                return Texts.of("create.error.size");
            }
            DiskSpec unused = DiskSpec.of("a", Sizes.parse(sizeText.get()));
            return "";
        }));
        ByteSize size = sizeError.get().isEmpty() ? Sizes.parse(sizeText.get()) : null;
        setWish(size == null || size.bytes() == info.sizeBytes() ? null : size);
        setWarning(
                size == null || size.bytes() == info.sizeBytes()
                        ? ""
                        : Texts.of(size.bytes() > info.sizeBytes() ? "disk.resize.grows" : "disk.resize.shrinks"));
        setCommand("cramdisk disk resize " + info.name() + " " + (size == null ? "SIZE" : Sizes.formatTyped(size)));
    }
}
