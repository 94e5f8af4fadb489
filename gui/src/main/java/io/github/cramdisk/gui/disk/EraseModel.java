// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.engine.EngineLink;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/**
 * View model of the question before a disk is emptied or removed: says what would be lost and who would be cut off.
 * Clients that are told of are disconnected; one that connects after the question was put makes the engine refuse, and
 * the question is put again.
 */
public final class EraseModel {
    private final Verb verb;
    private final DiskInfo info;
    private final EngineLink link;
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(this, "busy");
    private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper(this, "error", "");
    private boolean force;

    /** What is asked about. */
    public enum Verb {
        RESET,
        REMOVE
    }

    public EraseModel(Verb verb, DiskInfo info, EngineLink link) {
        this.verb = verb;
        this.info = info;
        this.link = link;
        this.force = info.clients() > 0;
    }

    public Verb verb() {
        return verb;
    }

    public String title() {
        return (verb == Verb.RESET ? "Empty “" : "Remove “") + info.name() + "”?";
    }

    /** What would be lost. */
    public String loss() {
        String data = info.logicalBytes() == 0
                ? "The disk is empty: no data will be lost."
                : Sizes.format(info.logicalBytes()) + " of data will be lost. There is no way back.";
        return verb == Verb.RESET
                ? data + " The disk stays, with the same name and settings."
                : data + " " + Sizes.format(info.residentBytes()) + " of memory becomes free.";
    }

    /** Who would be cut off; empty where nobody would. */
    public String clients() {
        return switch (info.clients()) {
            case 0 -> "";
            case 1 -> "One client is connected and will be disconnected.";
            default -> info.clients() + " clients are connected and will be disconnected.";
        };
    }

    /** The words on the button that does it. */
    public String action() {
        return verb == Verb.RESET ? "Empty disk" : "Remove disk";
    }

    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** Why it did not work; empty where it did. */
    public ReadOnlyStringProperty errorProperty() {
        return error.getReadOnlyProperty();
    }

    /** Does it; {@code onDone} is told on success. */
    public void confirm(Runnable onDone) {
        if (busy.get()) {
            return;
        }
        busy.set(true);
        error.set("");
        boolean disconnect = force;
        link.call(engine -> {
                    if (verb == Verb.RESET) {
                        engine.resetDisk(info.name(), disconnect);
                    } else {
                        engine.removeDisk(info.name(), disconnect);
                    }
                    return info.name();
                })
                .onSuccess(name -> {
                    busy.set(false);
                    onDone.run();
                })
                .onFailure(refused -> {
                    busy.set(false);
                    if (refused.kind() == ErrorKind.DISK_IN_USE) {
                        force = true;
                        error.set("A client has connected meanwhile. Press the button again to disconnect it.");
                    } else {
                        error.set(refused.kind().sentence(refused.arguments().toArray()));
                    }
                });
    }
}
