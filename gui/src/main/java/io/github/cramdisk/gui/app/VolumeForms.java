// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import io.github.cramdisk.api.volume.KernelSupport;
import io.github.cramdisk.gui.create.Advice;
import io.github.cramdisk.gui.create.CreateModel;
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
 * @param support what the kernel has; gives null while it is unknown
 */
record VolumeForms(EngineLink link, Supplier<@Nullable KernelSupport> support) implements NewVolumeFlow.Forms {
    @Override
    public CreateModel create(Draft draft) {
        return new CreateModel(link, draft);
    }

    @Override
    public TmpfsFormModel tmpfs(Draft draft) {
        TmpfsFormModel form = new TmpfsFormModel(link, support.get());
        if (draft.size() != null) {
            form.setSize(draft.size());
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
        if (draft.size() != null) {
            form.setSize(draft.size());
        }
        return form;
    }

    @Override
    public Function<Purpose, Optional<Advice>> advice() {
        return purpose -> Advice.of(purpose, link.snapshot());
    }
}
