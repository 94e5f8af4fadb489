// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.overview;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskUpdate;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.api.volume.SizeLimit;
import io.github.cramdisk.api.volume.TmpfsChange;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.api.volume.ZramChange;
import io.github.cramdisk.api.volume.ZramDevice;
import io.github.cramdisk.gui.common.OwnVolumes;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.engine.EngineLink;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Changes the most memory that a volume may take: the size of a tmpfs, the limit of a disk or a zram device. */
final class Resizer {
    private final EngineLink link;
    private final Consumer<Toast> say;

    /** @param say is told what was done, with a way back, or why not */
    Resizer(EngineLink link, Consumer<Toast> say) {
        this.link = link;
        this.say = say;
    }

    /**
     * @param key of the volume
     * @param bytes 0 takes the limit away
     * @param before to go back to; 0: none
     */
    void resize(String key, long bytes, long before) {
        Optional<VolumeInfo> volume = find(key);
        String name = volume.map(OwnVolumes::shortName).orElse(key);
        ask(key, volume.orElse(null), bytes)
                .onSuccess(done -> say.accept(new Toast(said(name, bytes), false, () -> takeBack(key, name, before))))
                .onFailure(error -> say.accept(new Toast(Texts.sentence(error), true, null)));
    }

    private void takeBack(String key, String name, long before) {
        ask(key, find(key).orElse(null), before)
                .onSuccess(done -> say.accept(new Toast(said(name, before), false, null)))
                .onFailure(error -> say.accept(new Toast(Texts.sentence(error), true, null)));
    }

    private static String said(String name, long bytes) {
        return bytes == 0
                ? Texts.of("overview.resized.no-limit", name)
                : Texts.of("overview.resized", name, Sizes.formatChosen(new ByteSize(bytes)));
    }

    private Optional<VolumeInfo> find(String key) {
        Snapshot snapshot = link.snapshot();
        return snapshot == null
                ? Optional.empty()
                : OwnVolumes.of(snapshot).stream()
                        .filter(volume -> volume.title().equals(key))
                        .findFirst();
    }

    private Tasks.Pending<Boolean> ask(String key, @Nullable VolumeInfo volume, long bytes) {
        return link.call(engine -> {
            if (volume == null) {
                engine.updateDisk(key, new DiskUpdate(null, limit(bytes), bytes == 0, null));
            } else {
                change(engine, volume, bytes);
            }
            return true;
        });
    }

    private static void change(Engine engine, VolumeInfo volume, long bytes) {
        String device = volume.device();
        if (volume.kind() == VolumeKind.TMPFS) {
            engine.volumes().remountTmpfs(TmpfsChange.resize(volume.title(), SizeLimit.of(new ByteSize(bytes))));
        } else if (device != null) {
            engine.volumes().updateZram(ZramDevice.parse(device), new ZramChange(limit(bytes), bytes == 0, false));
        } else {
            throw new CramdiskException(ErrorKind.NO_SUCH_VOLUME, volume.kind().text(), volume.title());
        }
    }

    private static @Nullable ByteSize limit(long bytes) {
        return bytes == 0 ? null : new ByteSize(bytes);
    }
}
