// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.create;

import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.attach.AttachSpec;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Creates a disk and mounts it. A disk that could not be mounted stays, and another attempt with the same wishes only
 * mounts it. Thread-safe.
 */
final class DiskMaker {
    private final AtomicReference<@Nullable DiskSpec> made = new AtomicReference<>();

    /** @param attach how it is mounted; null where it is not */
    DiskInfo make(Engine engine, DiskSpec wanted, @Nullable AttachSpec attach) {
        DiskInfo info = wanted.equals(made.get()) ? engine.showDisk(wanted.name()) : engine.createDisk(wanted);
        made.set(wanted);
        return attach == null ? info : engine.attachDisk(wanted.name(), attach);
    }

    /** Whether the disk of that name is one that this made. */
    boolean hasMade(String name) {
        DiskSpec spec = made.get();
        return spec != null && spec.name().equals(name);
    }
}
