// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.volumes;

import io.github.cramdisk.api.volume.KernelSupport;
import io.github.cramdisk.api.volume.RamfsSpec;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.gui.common.CommandWords;
import io.github.cramdisk.gui.common.FormModel;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.engine.EngineLink;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/** View model of the form that mounts a ramfs. */
public final class RamfsFormModel extends FormModel<RamfsSpec, VolumeInfo> {
    private final EngineLink link;
    private final KernelLimits limits;
    final MountFields mount = new MountFields();
    private final ReadOnlyStringWrapper targetError = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper modeError = new ReadOnlyStringWrapper("");

    /** @param support what the kernel has; null while it is unknown */
    public RamfsFormModel(EngineLink link, @Nullable KernelSupport support) {
        this.link = link;
        limits = new KernelLimits(support);
        follow(this::check, mount.all());
        setWarning(Texts.of("volumes.ramfs.warning"));
        check();
    }

    KernelLimits limits() {
        return limits;
    }

    ReadOnlyStringProperty targetErrorProperty() {
        return targetError.getReadOnlyProperty();
    }

    ReadOnlyStringProperty modeErrorProperty() {
        return modeError.getReadOnlyProperty();
    }

    @Override
    protected Tasks.Pending<VolumeInfo> ask(RamfsSpec wanted) {
        return link.call(engine -> engine.volumes().mountRamfs(wanted));
    }

    private void check() {
        targetError.set(errorOf(mount::checkTarget));
        modeError.set(errorOf(mount::checkMode));
        boolean good = targetError.get().isEmpty() && modeError.get().isEmpty();
        setWish(
                good
                        ? new RamfsSpec(
                                mount.path(),
                                mount.createTarget.get(),
                                mount.fileMode(),
                                mount.flags(),
                                mount.temporary.get())
                        : null);
        setCommand(new CommandWords("ramfs mount")
                .word(mount.path(), "DIR")
                .option("--mode", mount.mode.get().strip())
                .option("-o", mount.flagWords())
                .flag("--mkdir", mount.createTarget.get())
                .flag("--temporary", mount.temporary.get())
                .toString());
    }
}
