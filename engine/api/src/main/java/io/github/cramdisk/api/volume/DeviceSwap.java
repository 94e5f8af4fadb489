// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Swap on a device in memory, a zram device or a disk.
 *
 * @param priority 0 to 32767, the highest is used first; null: the kernel's next negative one
 * @param discard when freed pages are told to the device (swapon(8)); zram frees them by itself
 * @param uuid null: a random one
 */
public record DeviceSwap(
        @Nullable Integer priority,
        Discard discard,
        @Nullable String label,
        @Nullable UUID uuid) implements DeviceUse {
    /** SWAP_FLAG_PRIO_MASK of the kernel's swap.h. */
    public static final int MOST_PRIORITY = 32767;

    /** Policies of {@code swapon --discard}. */
    public enum Discard {
        NONE,
        ONCE,
        PAGES,
        BOTH;

        /** As on the command line. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws CramdiskException {@link ErrorKind#INVALID_DEVICE_OPTION} */
        @JsonCreator
        public static Discard parse(String text) {
            for (Discard value : values()) {
                if (value.text().equals(text)) {
                    return value;
                }
            }
            throw new CramdiskException(
                    ErrorKind.INVALID_DEVICE_OPTION, "discard " + text, "Use none, once, pages or both.");
        }
    }

    /** @throws CramdiskException {@link ErrorKind#INVALID_DEVICE_OPTION} */
    public DeviceSwap {
        discard = discard == null ? Discard.NONE : discard;
        if (priority != null && (priority < 0 || priority > MOST_PRIORITY)) {
            throw new CramdiskException(
                    ErrorKind.INVALID_DEVICE_OPTION, "priority " + priority, "Use 0 to " + MOST_PRIORITY + ".");
        }
        Labels.check(label, Labels.SWAP_BYTES);
    }

    public static DeviceSwap of(@Nullable Integer priority) {
        return new DeviceSwap(priority, Discard.NONE, null, null);
    }
}
