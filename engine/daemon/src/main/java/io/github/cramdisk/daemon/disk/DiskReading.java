// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.disk;

import io.github.cramdisk.api.DiskStats;
import io.github.cramdisk.nbd.CommandCounters;
import org.jspecify.annotations.Nullable;

/**
 * A disk now, for those who keep its past.
 *
 * @param counters of its present export; null where it is not served. A reset gives it another one
 */
public record DiskReading(DiskStats stats, @Nullable CommandCounters counters) {}
