// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.volume.KernelSupport;
import io.github.cramdisk.gui.common.Settings;
import io.github.cramdisk.gui.create.Advice;
import io.github.cramdisk.gui.create.CreateModel;
import io.github.cramdisk.gui.create.Default;
import io.github.cramdisk.gui.create.Draft;
import io.github.cramdisk.gui.create.Purpose;
import io.github.cramdisk.gui.engine.EngineLink;
import io.github.cramdisk.gui.volumes.RamfsFormModel;
import io.github.cramdisk.gui.volumes.TmpfsFormModel;
import io.github.cramdisk.gui.volumes.ZramFormModel;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The forms of new volumes on one engine.
 *
 * @param settings with what forms begin
 * @param support what the kernel has; gives null while it is unknown
 */
record VolumeForms(EngineLink link, Settings settings, Supplier<@Nullable KernelSupport> support)
        implements NewVolumeFlow.Forms {
    @Override
    public CreateModel create(Draft draft) {
        return new CreateModel(link, draft.or(Default.of(Purpose.DISK, settings)));
    }

    @Override
    public TmpfsFormModel tmpfs(Draft draft) {
        TmpfsFormModel form = new TmpfsFormModel(link, support.get());
        ByteSize size = draft.or(Default.of(Purpose.SCRATCH, settings)).size();
        if (size != null) {
            form.setSize(size);
        }
        return form;
    }

    @Override
    public RamfsFormModel ramfs() {
        return new RamfsFormModel(link, support.get());
    }

    @Override
    public ZramFormModel zram(Draft draft, boolean swap) {
        ZramFormModel form = new ZramFormModel(link, support.get());
        if (swap) {
            form.beginAsSwap();
        }
        Draft begun = swap ? draft.or(Default.of(Purpose.SWAP, settings)) : draft;
        if (begun.size() != null) {
            form.setSize(begun.size());
        }
        if (begun.algorithm() != null) {
            form.setAlgorithm(begun.algorithm());
        }
        if (begun.limit() != null) {
            form.setLimit(begun.limit());
        }
        return form;
    }

    @Override
    public Function<Purpose, Optional<Advice>> advice() {
        return purpose -> Advice.of(purpose, link.snapshot());
    }
}
