// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.attach;

import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.api.attach.Attachment;
import io.github.cramdisk.api.job.JobKind;
import io.github.cramdisk.gui.common.CommandWords;
import io.github.cramdisk.gui.common.Folder;
import io.github.cramdisk.gui.common.Refusal;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.engine.EngineLink;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** View model of the strip that says where a disk is mounted, and takes it from there. */
public final class AttachmentModel {
    private final String name;
    private final EngineLink link;
    private final Tasks tasks;
    private final JobWatch job;
    private final ReadOnlyObjectWrapper<@Nullable Face> face = new ReadOnlyObjectWrapper<>(this, "face");
    private final ReadOnlyObjectWrapper<@Nullable Refusal> refusal = new ReadOnlyObjectWrapper<>(this, "refusal");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(this, "busy");

    /**
     * Where the disk is.
     *
     * @param folder where it is mounted; empty where it is not
     * @param mount whether it can be mounted
     * @param detach the words on the button that takes it from the kernel; empty where it is not attached
     */
    public record Face(String words, String note, String folder, boolean mount, String detach) {}

    public AttachmentModel(String name, EngineLink link, Tasks tasks) {
        this.name = name;
        this.link = link;
        this.tasks = tasks;
        this.job = new JobWatch(link, JobKind.ATTACH, JobKind.DETACH);
    }

    /** The disk as it is now. */
    public void show(DiskInfo info, Snapshot snapshot) {
        face.set(faceOf(info.attachment()));
        job.show(snapshot, name);
    }

    ReadOnlyObjectProperty<@Nullable Face> faceProperty() {
        return face.getReadOnlyProperty();
    }

    /** Why it was not detached. */
    ReadOnlyObjectProperty<@Nullable Refusal> refusalProperty() {
        return refusal.getReadOnlyProperty();
    }

    /** Whether it is being detached. */
    ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    JobWatch job() {
        return job;
    }

    /** Unmounts the disk and takes it from the kernel; what is on it stays. */
    void detach() {
        if (busy.get()) {
            return;
        }
        busy.set(true);
        refusal.set(null);
        link.call(engine -> engine.detachDisk(name))
                .onSuccess(info -> {
                    ended();
                    face.set(faceOf(info.attachment()));
                })
                .onFailure(error -> {
                    ended();
                    refusal.set(Refusal.of(error, "cramdisk disk detach " + CommandWords.quoted(name)));
                });
    }

    /** Opens where it is mounted in the file manager of the desktop. */
    void openFolder() {
        Face shown = face.get();
        if (shown != null && !shown.folder().isEmpty()) {
            Folder.open(shown.folder(), tasks);
        }
    }

    private void ended() {
        busy.set(false);
        job.clear();
    }

    private static Face faceOf(@Nullable Attachment now) {
        if (now == null) {
            return new Face(Texts.of("attach.none"), Texts.of("attach.none.note"), "", true, "");
        }
        String target = now.target();
        boolean lost = now.state() == Attachment.State.RECONNECTING;
        String note = lost ? Texts.of("attach.reconnecting") : about(now);
        if (target != null) {
            return new Face(Texts.of("attach.mounted", target), note, target, false, Texts.of("attach.unmount"));
        }
        String words = now.swap() ? Texts.of("attach.swap") : Texts.of("attach.bare", now.device());
        return new Face(words, note, "", !now.swap(), Texts.of("attach.detach"));
    }

    /** {@code /dev/nbd0 · ext4 · builds}. */
    private static String about(Attachment now) {
        List<String> parts = new ArrayList<>(List.of(now.device()));
        if (now.filesystem() != null) {
            parts.add(now.filesystem());
        }
        if (now.label() != null) {
            parts.add(now.label());
        }
        return String.join(" · ", parts);
    }
}
