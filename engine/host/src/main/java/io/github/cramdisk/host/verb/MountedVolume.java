// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import io.github.cramdisk.host.syscall.DeviceNumber;

/**
 * What was mounted, so that it can be told from whatever is mounted at the same place later.
 *
 * @param target the mount point
 * @param type such as {@code tmpfs}
 * @param mountId from Linux 6.8 on never used twice; before, the id of mountinfo, which may come again after an unmount
 * @param device number of the filesystem
 */
public record MountedVolume(String target, String type, long mountId, DeviceNumber device) {}
