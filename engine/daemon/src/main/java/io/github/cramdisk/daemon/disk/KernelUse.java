// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.disk;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.attach.Attachment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a disk is to the kernel of this machine, and what follows from it. Thread-safe. */
final class KernelUse {
    private final String name;
    private final DiskHouse house;
    /** Whether the kernel is a client, so that a refused write would abort the journal of a filesystem. */
    private volatile boolean attached;

    private volatile boolean swap;

    KernelUse(String name, DiskHouse house) {
        this.name = name;
        this.house = house;
    }

    /** Finds out, when the engine has started. */
    void look() {
        Attachment attachment = house.attachmentOf().apply(name);
        attached = attachment != null;
        swap = attachment != null && attachment.swap();
    }

    void setAttached(boolean isAttached) {
        attached = isAttached;
    }

    void setSwap(boolean isSwap) {
        swap = isSwap;
    }

    /** An attached disk without a client has lost its connection: the kernel's is always there. */
    @Nullable
    Attachment attachment(@Nullable Serving now) {
        Attachment attachment = house.attachmentOf().apply(name);
        boolean connected = now != null && now.export().clients() > 0;
        return attachment == null || connected ? attachment : attachment.withState(Attachment.State.RECONNECTING);
    }

    /** Not even by force: the kernel would turn every request into an error, and a filesystem would be torn. */
    void requireDetached() {
        Attachment attachment = house.attachmentOf().apply(name);
        if (attachment != null) {
            throw new CramdiskException(ErrorKind.DISK_ATTACHED, name, attachment.device(), attachment.useText());
        }
    }

    /**
     * Whether the disk may take memory. What the machine swaps out it always may: that comes just when memory is short, and
     * frees more than it takes.
     */
    boolean maySpare(long bytes) {
        return swap || house.gate().allows(bytes);
    }

    /** How long a write waits that finds no room; null: without end. */
    @Nullable
    Duration patience(DiskSpec spec) {
        return spec.whenFull().fullWait().patience(attached);
    }
}
