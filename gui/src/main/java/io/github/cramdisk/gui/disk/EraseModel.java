// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.gui.common.ConfirmModel;
import io.github.cramdisk.gui.common.Refusal;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.common.Texts;
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
        return Texts.of(verb == Verb.RESET ? "disk.erase.empty" : "disk.erase.remove", info.name());
    }

    @Override
    public String loss() {
        String data = info.logicalBytes() == 0
                ? Texts.of("disk.erase.no-loss")
                : Texts.of("disk.erase.loss", Sizes.format(info.logicalBytes()));
        return verb == Verb.RESET
                ? data + " " + Texts.of("disk.erase.stays")
                : data + " " + Texts.of("disk.erase.frees", Sizes.format(info.residentBytes()));
    }

    @Override
    public String users() {
        return info.clients() == 0 ? "" : Texts.of("disk.erase.users", info.clients());
    }

    @Override
    public String action() {
        return verb == Verb.RESET ? Texts.of("disk.erase.do-empty") : Texts.of("disk.erase.do-remove");
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
            return Refusal.of(Texts.of("disk.erase.meanwhile"));
        }
        return super.refused(error);
    }
}
