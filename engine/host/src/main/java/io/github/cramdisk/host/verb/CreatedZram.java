// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import io.github.cramdisk.api.volume.ZramDevice;
import org.jspecify.annotations.Nullable;

/**
 * A zram device, so that it can be told from a later one with the same number.
 *
 * @param sequence from Linux 5.15 on never used twice ({@code diskseq}); 0 before
 * @param mount what is mounted from it; null for swap and bare devices
 */
public record CreatedZram(
        ZramDevice device, long sequence, @Nullable MountedVolume mount) {}
