// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import java.io.IOException;
import java.io.Serial;

/** A request that the store could not carry out. The block concerned is as it was before. */
public final class StoreException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    /** Why. */
    public enum Reason {
        /** The RAM limit, the tmpfs, the cgroup or the machine has no room for another slot. */
        FULL,
        /** Stored bytes are not what was written, or the files are not a store of this version. */
        DAMAGED,
        /** The store or its directory is in use by another engine. */
        BUSY,
        /** The directory is not what an arena directory must be. */
        UNSAFE_DIRECTORY,
        /** The range reaches beyond the end of the store, which may have become smaller. */
        BEYOND_END,
        /** The store was closed. */
        CLOSED,
        /** A system call failed. */
        SYSTEM
    }

    private final Reason reason;

    public StoreException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public StoreException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** The exception itself if it is one of ours, else {@link Reason#SYSTEM} around it. */
    static StoreException of(IOException e) {
        return e instanceof StoreException store ? store : new StoreException(Reason.SYSTEM, e.toString(), e);
    }

    public Reason reason() {
        return reason;
    }
}
