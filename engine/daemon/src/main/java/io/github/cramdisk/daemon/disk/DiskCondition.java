// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.disk;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import org.jspecify.annotations.Nullable;

/**
 * Whether a disk is there and can be used, and what it serves with while it can.
 *
 * <p>Changed under the lock of the disk, read without.
 */
final class DiskCondition {
    private final String name;
    private volatile DiskState state = DiskState.OPENING;
    private volatile @Nullable Serving serving;
    private volatile String problem = "";

    DiskCondition(String name) {
        this.name = name;
    }

    DiskState state() {
        return state;
    }

    boolean is(DiskState other) {
        return state == other;
    }

    /** @throws IllegalStateException when there is no way there from the present state */
    void moveTo(DiskState next) {
        state = state.moveTo(next);
    }

    /** What it serves with; null while it does not. */
    @Nullable
    Serving serving() {
        return serving;
    }

    void setServing(@Nullable Serving now) {
        serving = now;
    }

    /** Keeps why the disk cannot be used from now on. */
    void becomeUnusable(CramdiskException e) {
        // The sentence of ARENA_DAMAGED puts name and reason in; any other kind is a reason as it is.
        problem = e.kind() == ErrorKind.ARENA_DAMAGED && e.arguments().size() == 2
                ? e.arguments().get(1)
                : String.valueOf(e.getMessage());
        state = state.moveTo(DiskState.UNUSABLE);
    }

    /** Why the disk cannot be used, without its name; empty while it can. */
    String reason() {
        return problem;
    }

    /** Why the disk cannot be used, a sentence; null while it can. */
    @Nullable
    String problem() {
        return state == DiskState.UNUSABLE ? ErrorKind.ARENA_DAMAGED.sentence(name, problem) : null;
    }

    /** @throws CramdiskException {@link ErrorKind#NO_SUCH_DISK} */
    void requirePresent() {
        if (!state.isListed()) {
            throw new CramdiskException(ErrorKind.NO_SUCH_DISK, name);
        }
    }

    /** @throws CramdiskException {@link ErrorKind#NO_SUCH_DISK} or {@link ErrorKind#ARENA_DAMAGED} */
    void requireUsable() {
        requirePresent();
        if (state == DiskState.UNUSABLE) {
            throw new CramdiskException(ErrorKind.ARENA_DAMAGED, name, problem);
        }
    }

    /** @throws CramdiskException {@link ErrorKind#NO_SUCH_DISK} or {@link ErrorKind#ARENA_DAMAGED} */
    Serving requireServing() {
        requireUsable();
        Serving now = serving;
        if (now == null) {
            throw new CramdiskException(ErrorKind.NO_SUCH_DISK, name);
        }
        return now;
    }
}
