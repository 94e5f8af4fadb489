// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.volumes;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.api.volume.VolumeUser;
import io.github.cramdisk.api.volume.ZramDevice;
import io.github.cramdisk.gui.common.CommandWords;
import io.github.cramdisk.gui.common.ConfirmModel;
import io.github.cramdisk.gui.common.Refusal;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.engine.EngineLink;
import java.util.Objects;
import java.util.stream.Collectors;

/** View model of the question before a tmpfs or ramfs is unmounted or a zram device is removed. */
public final class RemoveVolumeModel extends ConfirmModel<VolumeInfo> {
    private final EngineLink link;
    private final VolumeInfo volume;

    public RemoveVolumeModel(EngineLink link, VolumeInfo volume) {
        this.link = link;
        this.volume = volume;
        setWish(volume);
        setCommand(
                isZram()
                        ? "cramdisk zram remove " + device()
                        : "cramdisk " + volume.kind().text() + " unmount " + CommandWords.quoted(volume.title()));
    }

    @Override
    public String title() {
        return isZram() ? Texts.of("volumes.remove.zram", device()) : Texts.of("volumes.remove.mount", volume.title());
    }

    @Override
    public String loss() {
        if (volume.atLeast()) {
            return Texts.of("volumes.remove.all-lost");
        }
        if (isZram() && volume.options().contains("swap")) {
            return Texts.of("volumes.remove.swap", Sizes.format(volume.usedBytes()));
        }
        return volume.usedBytes() == 0
                ? Texts.of("volumes.remove.no-loss")
                : Texts.of(
                        "volumes.remove.loss", Sizes.format(volume.usedBytes()), Sizes.format(volume.residentBytes()));
    }

    @Override
    public String users() {
        return volume.users().isEmpty()
                ? ""
                : Texts.of(
                        "volumes.remove.users",
                        volume.users().stream().map(VolumeUser::toString).collect(Collectors.joining(", ")));
    }

    @Override
    public String action() {
        return Texts.of(isZram() ? "volumes.remove.do-zram" : "volumes.remove.do-mount");
    }

    @Override
    protected Tasks.Pending<String> ask(VolumeInfo wanted) {
        return link.call(engine -> {
            if (isZram()) {
                engine.volumes().removeZram(ZramDevice.parse(device()));
            } else {
                engine.volumes().unmount(wanted.title(), wanted.kind(), false);
            }
            return wanted.title();
        });
    }

    @Override
    protected Refusal refused(CramdiskException error) {
        Refusal plain = super.refused(error);
        if (error.kind() == ErrorKind.VOLUME_BUSY && !isZram()) {
            return new Refusal(
                    plain.sentence(),
                    Texts.of("volumes.remove.lazy"),
                    commandProperty().get() + " --lazy");
        }
        return plain;
    }

    private boolean isZram() {
        return volume.kind() == VolumeKind.ZRAM;
    }

    private String device() {
        return Objects.requireNonNullElse(volume.device(), volume.title());
    }
}
