// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.policy;

import io.github.cramdisk.host.syscall.DeviceNumber;

/** The record of something that the helper made for a user. */
sealed interface OwnedVolume {
    /** For whom. */
    long uid();

    /** False where an administrator's word was needed: then it is needed for every change too. */
    boolean ordinary();

    /** Name of the record; unique among those that live. */
    String name();

    /** @param mountId as in {@link io.github.cramdisk.host.verb.MountedVolume} */
    record Mount(long uid, boolean ordinary, String target, String type, long mountId, DeviceNumber device)
            implements OwnedVolume {
        @Override
        public String name() {
            return "mount-" + mountId + "-" + device.major() + "-" + device.minor();
        }
    }

    /**
     * @param sequence as in {@link io.github.cramdisk.host.verb.CreatedZram}
     * @param swap whether it was made as swap
     */
    record Zram(long uid, boolean ordinary, int number, long sequence, boolean swap) implements OwnedVolume {
        @Override
        public String name() {
            return "zram-" + number;
        }
    }
}
