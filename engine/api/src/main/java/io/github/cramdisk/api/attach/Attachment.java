// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.attach;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A disk as a block device of the kernel, now.
 *
 * @param device such as {@code /dev/nbd0}
 * @param filesystem type of what is on it: {@code ext4}, {@code swap}; null where nothing that is known is on it
 * @param label of the filesystem or swap; null for none
 * @param uuid of the filesystem or swap, as text; null for none
 * @param target where it is mounted; null where it is not
 * @param options of the mount, as the kernel writes them; empty where it is not mounted
 * @param swap whether it is in use as swap
 */
public record Attachment(
        String device,
        State state,
        @Nullable String filesystem,
        @Nullable String label,
        @Nullable String uuid,
        @Nullable String target,
        List<String> options,
        boolean swap) {
    public Attachment {
        options = options == null ? List.of() : List.copyOf(options);
    }

    /** Whether the kernel can reach the disk. */
    public enum State {
        CONNECTED,
        /** The kernel has lost its connection. All that uses the device waits, without an error, until it has a new one. */
        RECONNECTING,
        /** What a newer engine knows and this program does not. */
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /** The same in another state. */
    public Attachment withState(State other) {
        return new Attachment(device, other, filesystem, label, uuid, target, options, swap);
    }

    /** How it is used, in a few words: {@code ext4 at /mnt/x}, {@code swap}, {@code bare}. */
    public String useText() {
        if (swap) {
            return "swap";
        }
        if (target != null) {
            return (filesystem == null ? "mounted" : filesystem) + " at " + target;
        }
        return filesystem == null ? "bare" : filesystem + ", not mounted";
    }
}
