// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.gui.common.ConfirmModel;
import io.github.cramdisk.gui.common.Refusal;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.engine.EngineLink;

/**
 * View model of the question before a disk is emptied or removed: says what would be lost and who would be cut off.
 * Clients that are told of are disconnected; one that connects after the question was put makes the engine refuse, and
 * the question is put again.
 */
public final class EraseModel extends ConfirmModel<Boolean> {
    private final Verb verb;
    private final DiskInfo info;
    private final EngineLink link;
    /** What is asked about. */
    public enum Verb {
        RESET,
        REMOVE
    }

    public EraseModel(Verb verb, DiskInfo info, EngineLink link) {
        this.verb = verb;
        this.info = info;
        this.link = link;
        setWish(info.clients() > 0);
    }

    public Verb verb() {
        return verb;
    }

    @Override
    public String title() {
        return (verb == Verb.RESET ? "Empty “" : "Remove “") + info.name() + "”?";
    }

    @Override
    public String loss() {
        String data = info.logicalBytes() == 0
                ? "The disk is empty: no data will be lost."
                : Sizes.format(info.logicalBytes()) + " of data will be lost. There is no way back.";
        return verb == Verb.RESET
                ? data + " The disk stays, with the same name and settings."
                : data + " " + Sizes.format(info.residentBytes()) + " of memory becomes free.";
    }

    @Override
    public String users() {
        return switch (info.clients()) {
            case 0 -> "";
            case 1 -> "One client is connected and will be disconnected.";
            default -> info.clients() + " clients are connected and will be disconnected.";
        };
    }

    @Override
    public String action() {
        return verb == Verb.RESET ? "Empty disk" : "Remove disk";
    }

    @Override
    protected Tasks.Pending<String> ask(Boolean force) {
        return link.call(engine -> {
            if (verb == Verb.RESET) {
                engine.resetDisk(info.name(), force);
            } else {
                engine.removeDisk(info.name(), force);
            }
            return info.name();
        });
    }

    @Override
    protected Refusal refused(CramdiskException error) {
        if (error.kind() == ErrorKind.DISK_IN_USE) {
            setWish(true);
            return Refusal.of("A client has connected meanwhile. Press the button again to disconnect it.");
        }
        return super.refused(error);
    }
}
