// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.attach;

import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.api.attach.AttachSpec;
import io.github.cramdisk.api.job.JobKind;
import io.github.cramdisk.gui.common.FormModel;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.engine.EngineLink;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ChangeListener;
import org.jspecify.annotations.Nullable;

/** View model of the form that mounts a disk. */
public final class AttachModel extends FormModel<AttachSpec, DiskInfo> {
    private final DiskInfo info;
    private final EngineLink link;
    private final AttachFields fields = AttachFields.ofExisting();
    private final BooleanProperty format = new SimpleBooleanProperty(this, "format");
    private final JobWatch job;
    private final ChangeListener<@Nullable Snapshot> listener = (property, before, now) -> look(now);

    public AttachModel(DiskInfo info, EngineLink link) {
        this.info = info;
        this.link = link;
        this.job = new JobWatch(link, JobKind.ATTACH, JobKind.DETACH);
        fields.suggest(info.name());
        List<Observable> all = new ArrayList<>(fields.all());
        all.add(format);
        follow(this::check, all);
        busyProperty().addListener((property, before, now) -> job.clear());
        link.snapshotProperty().addListener(listener);
        check();
    }

    DiskInfo info() {
        return info;
    }

    AttachFields fields() {
        return fields;
    }

    JobWatch job() {
        return job;
    }

    /** Whether the filesystem is made anew, whatever the disk holds. */
    BooleanProperty formatProperty() {
        return format;
    }

    @Override
    protected Tasks.Pending<DiskInfo> ask(AttachSpec wanted) {
        AttachFields.Owners owners = fields.owners();
        return link.call(engine -> engine.attachDisk(info.name(), owners.of(wanted)));
    }

    @Override
    public void close() {
        link.snapshotProperty().removeListener(listener);
    }

    private void look(@Nullable Snapshot snapshot) {
        if (snapshot != null && busyProperty().get()) {
            job.show(snapshot, info.name());
        }
    }

    private void check() {
        AttachSpec spec = fields.check(info.sizeBytes());
        setWish(spec == null ? null : new AttachSpec(spec.use(), formats(), spec.anyType()));
        setWarning(formats() ? Texts.of("attach.format.warning") : fields.warning());
        setCommand(fields.command(info.name()).flag("--format", formats()).toString());
    }

    /** A bare device is made of nothing. */
    private boolean formats() {
        return format.get() && fields.useProperty().get() != AttachFields.Use.DEVICE;
    }
}
