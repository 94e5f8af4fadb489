// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.volumes;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.api.volume.VolumeUser;
import io.github.cramdisk.api.volume.ZramDevice;
import io.github.cramdisk.gui.common.ConfirmModel;
import io.github.cramdisk.gui.common.Refusal;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Tasks;
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
        return (isZram() ? "Remove “" : "Unmount “") + (isZram() ? device() : volume.title()) + "”?";
    }

    @Override
    public String loss() {
        if (volume.kind() == VolumeKind.RAMFS) {
            return "All that is in it will be lost. There is no way back.";
        }
        if (isZram() && volume.options().contains("swap")) {
            return "What lies in this swap is moved back into memory first: " + Sizes.format(volume.usedBytes()) + ".";
        }
        return volume.usedBytes() == 0
                ? "It is empty: no data will be lost."
                : Sizes.format(volume.usedBytes()) + " of data will be lost. There is no way back. "
                        + Sizes.format(volume.residentBytes()) + " of memory becomes free.";
    }

    @Override
    public String users() {
        return volume.users().isEmpty()
                ? ""
                : "In use by "
                        + volume.users().stream().map(VolumeUser::toString).collect(Collectors.joining(", "))
                        + ". Close that first.";
    }

    @Override
    public String action() {
        return isZram() ? "Remove device" : "Unmount";
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
                    "Or detach it now; its memory becomes free when its last user is done:",
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
