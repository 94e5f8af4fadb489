// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import org.jspecify.annotations.Nullable;

/**
 * A ramfs to be mounted. It knows a mode and the options of every mount; the kernel accepts all others (a size too) and
 * ignores them, so there are none here: a ramfs grows until the machine has no memory left.
 *
 * @param target mount point; see {@link MountTarget}
 * @param createTarget make the directory if it is missing
 * @param mode of its root directory; the kernel's default is 755
 * @param temporary not kept in the configuration: gone after the next start of the machine
 */
public record RamfsSpec(
        String target, boolean createTarget, @Nullable FileMode mode, MountFlags flags, boolean temporary) {
    /** @throws CramdiskException {@link ErrorKind#INVALID_TARGET} */
    public RamfsSpec {
        MountTarget.check(target);
    }

    public static RamfsSpec of(String target) {
        return new RamfsSpec(target, false, null, MountFlags.DEFAULT, false);
    }

    /** From the wire or a file: everything but the target may be left out. */
    @JsonCreator
    static RamfsSpec fromProperties(
            @JsonProperty(value = "target", required = true) String target,
            @JsonProperty("createTarget") boolean createTarget,
            @JsonProperty("mode") @Nullable FileMode mode,
            @JsonProperty("flags") @Nullable MountFlags flags,
            @JsonProperty("temporary") boolean temporary) {
        return new RamfsSpec(target, createTarget, mode, flags == null ? MountFlags.DEFAULT : flags, temporary);
    }
}
