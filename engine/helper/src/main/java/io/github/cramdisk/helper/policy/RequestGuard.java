// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.policy;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.helper.gate.Action;
import io.github.cramdisk.helper.gate.Gate;
import io.github.cramdisk.helper.gate.Question;
import io.github.cramdisk.helper.serve.Request;
import io.github.cramdisk.host.nbd.AttachedDisk;
import io.github.cramdisk.host.syscall.FileStatus;
import io.github.cramdisk.host.verb.Caller;
import io.github.cramdisk.host.verb.CreatedZram;
import io.github.cramdisk.host.verb.Guard;
import io.github.cramdisk.host.verb.MountedVolume;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges the objects of one request, each as it was opened, and asks the gate. Used by one thread, for one request.
 *
 * <p>A person is asked once: where a request meets several objects, an answer to the stronger question serves for the
 * weaker one.
 */
final class RequestGuard implements Guard {
    private final Gate gate;
    private final OwnedVolumes owned;
    private final Request request;
    private final Wish wish;
    private final boolean upkeep;
    private @Nullable Question passed;
    private @Nullable OwnedVolume changed;

    RequestGuard(Gate gate, OwnedVolumes owned, Request request, Wish wish) {
        this(gate, owned, request, wish, false);
    }

    /**
     * For what changes nothing that a person would have to allow: it moves what is stored to where the device may have it
     * already. So it is the owner's, also where an administrator had to allow the device itself.
     */
    static RequestGuard ofUpkeep(Gate gate, OwnedVolumes owned, Request request, Wish wish) {
        return new RequestGuard(gate, owned, request, wish, true);
    }

    private RequestGuard(Gate gate, OwnedVolumes owned, Request request, Wish wish, boolean upkeep) {
        this.gate = gate;
        this.owned = owned;
        this.request = request;
        this.wish = wish;
        this.upkeep = upkeep;
    }

    /** For what has no mount point: the wish alone is judged. */
    void judgeWish() {
        wish.ownQuestion().ifPresent(this::pass);
    }

    @Override
    public void mount(Caller caller, String target, FileStatus directory) {
        boolean own = Integer.toUnsignedLong(directory.uid()) == caller.uid();
        judge(own);
    }

    @Override
    public void change(Caller caller, MountedVolume mounted) {
        change(caller, owned.of(mounted));
    }

    @Override
    public void change(Caller caller, CreatedZram device) {
        change(caller, owned.of(device));
    }

    @Override
    public void change(Caller caller, AttachedDisk disk) {
        judge(disk.uid() == caller.uid());
    }

    private void change(Caller caller, Optional<? extends OwnedVolume> volume) {
        boolean own = volume.isPresent()
                && volume.get().uid() == caller.uid()
                && (upkeep || volume.get().ordinary());
        changed = volume.orElse(null);
        judge(own);
    }

    private void judge(boolean own) {
        (own ? wish.ownQuestion() : Optional.of(wish.systemQuestion())).ifPresent(this::pass);
    }

    /** @throws CramdiskException of the gate */
    private void pass(Question question) {
        Question before = passed;
        if (before != null && (before.action() == question.action() || before.action() == Action.MOUNT_SYSTEM)) {
            return;
        }
        gate.pass(request.client(), question, request.mayAsk());
        passed = question;
    }

    /** The record of what was changed, if it has one. */
    Optional<OwnedVolume> changed() {
        return Optional.ofNullable(changed);
    }

    /** Whether no administrator's word was needed. */
    boolean wasOrdinary() {
        return passed == null || passed.action() != Action.MOUNT_SYSTEM;
    }
}
