// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import io.github.cramdisk.gui.common.DialogHost;
import io.github.cramdisk.gui.common.FormDialog;
import io.github.cramdisk.gui.common.FormModel;
import io.github.cramdisk.gui.create.Advice;
import io.github.cramdisk.gui.create.CreateDialog;
import io.github.cramdisk.gui.create.CreateModel;
import io.github.cramdisk.gui.create.Draft;
import io.github.cramdisk.gui.create.FormKind;
import io.github.cramdisk.gui.create.Purpose;
import io.github.cramdisk.gui.create.PurposePicker;
import io.github.cramdisk.gui.volumes.RamfsDialog;
import io.github.cramdisk.gui.volumes.RamfsFormModel;
import io.github.cramdisk.gui.volumes.TmpfsDialog;
import io.github.cramdisk.gui.volumes.TmpfsFormModel;
import io.github.cramdisk.gui.volumes.ZramDialog;
import io.github.cramdisk.gui.volumes.ZramFormModel;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** From a purpose to the form of the kind that serves it, and from one to the other while the dialog is open. */
final class NewVolumeFlow {
    private final DialogHost host;
    private final Forms forms;
    private final Consumer<String> onCreated;
    private @Nullable FormModel<?, ?> open;

    /** Makes the view models of the forms. */
    interface Forms {
        CreateModel create(Draft draft);

        TmpfsFormModel tmpfs(Draft draft);

        RamfsFormModel ramfs();

        /** @param swap whether it begins as swap */
        ZramFormModel zram(Draft draft, boolean swap);

        /** When another kind serves better on this machine. */
        Function<Purpose, Optional<Advice>> advice();
    }

    /** @param onCreated told the key of a new volume, as in {@link io.github.cramdisk.gui.common.OwnVolumes} */
    NewVolumeFlow(DialogHost host, Forms forms, Consumer<String> onCreated) {
        this.host = host;
        this.forms = forms;
        this.onCreated = onCreated;
    }

    /** Opens the form. */
    void ask(Purpose purpose, FormKind kind, Draft draft) {
        boolean switched = open != null;
        close();
        FormDialog dialog = dialog(purpose, kind, draft);
        PurposePicker picker = new PurposePicker(
                purpose, kind, forms.advice().apply(purpose), (newPurpose, newKind) -> ask(newPurpose, newKind, draft));
        dialog.setTop(picker);
        if (purpose == Purpose.EXPERT) {
            dialog.showAll();
        }
        host.show(dialog, switched ? picker.tile(purpose) : dialog.firstFocus(), this::close);
    }

    private FormDialog dialog(Purpose purpose, FormKind kind, Draft draft) {
        return switch (kind) {
            case DISK -> {
                CreateModel form = forms.create(draft);
                open = form;
                yield new CreateDialog(form, disk -> created(form, disk.name()), host::hide);
            }
            case TMPFS -> {
                TmpfsFormModel form = forms.tmpfs(draft);
                open = form;
                yield new TmpfsDialog(form, volume -> created(form, volume.title()), host::hide);
            }
            case RAMFS -> {
                RamfsFormModel form = forms.ramfs();
                open = form;
                yield new RamfsDialog(form, volume -> created(form, volume.title()), host::hide);
            }
            case ZRAM -> {
                ZramFormModel form = forms.zram(draft, purpose == Purpose.SWAP);
                open = form;
                yield new ZramDialog(
                        form,
                        purpose == Purpose.SWAP,
                        zram -> created(form, zram.target() != null ? zram.target() : zram.device()),
                        host::hide);
            }
        };
    }

    /** A form that was closed while the engine was at work changes nothing on the screen any more. */
    private void created(FormModel<?, ?> form, String key) {
        if (open == form) {
            host.hide();
            onCreated.accept(key);
        }
    }

    private void close() {
        if (open != null) {
            open.close();
        }
        open = null;
    }
}
