// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.volumes;

import io.github.cramdisk.api.volume.Atime;
import io.github.cramdisk.api.volume.FileMode;
import io.github.cramdisk.api.volume.MountFlags;
import io.github.cramdisk.api.volume.MountTarget;
import io.github.cramdisk.gui.common.Texts;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** What every mount is asked for, whatever is mounted: where, with which permissions, with which options. */
final class MountFields {
    final StringProperty target = new SimpleStringProperty("");
    final BooleanProperty createTarget = new SimpleBooleanProperty(true);
    final StringProperty mode = new SimpleStringProperty("");
    final BooleanProperty readOnly = new SimpleBooleanProperty();
    final BooleanProperty noexec = new SimpleBooleanProperty();
    final BooleanProperty suid = new SimpleBooleanProperty();
    final BooleanProperty dev = new SimpleBooleanProperty();
    final BooleanProperty nodiratime = new SimpleBooleanProperty();
    final BooleanProperty nosymfollow = new SimpleBooleanProperty();
    final BooleanProperty lazytime = new SimpleBooleanProperty();
    final ObjectProperty<Atime> atime = new SimpleObjectProperty<>(Atime.RELATIME);
    final BooleanProperty temporary = new SimpleBooleanProperty();

    List<Observable> all() {
        return List.of(
                target,
                createTarget,
                mode,
                readOnly,
                noexec,
                suid,
                dev,
                nodiratime,
                nosymfollow,
                lazytime,
                atime,
                temporary);
    }

    /** @throws io.github.cramdisk.api.CramdiskException where it cannot be a mount point */
    String checkTarget() {
        String path = path();
        if (path.isEmpty()) {
            return Texts.of("volumes.error.folder");
        }
        MountTarget.check(path);
        return "";
    }

    String path() {
        return target.get().strip();
    }

    /** @throws io.github.cramdisk.api.CramdiskException where what is typed is none */
    String checkMode() {
        FileMode unused = fileMode();
        return "";
    }

    /** Null where nothing is typed. */
    @Nullable
    FileMode fileMode() {
        return mode.get().isBlank() ? null : FileMode.parse(mode.get().strip());
    }

    MountFlags flags() {
        return new MountFlags(
                readOnly.get(),
                suid.get(),
                dev.get(),
                noexec.get(),
                atime.get(),
                nodiratime.get(),
                nosymfollow.get(),
                lazytime.get());
    }

    /** For {@code -o}: what differs from the default. */
    String flagWords() {
        List<String> words = new ArrayList<>(flags().words());
        words.removeAll(MountFlags.DEFAULT.words());
        return String.join(",", words);
    }
}
