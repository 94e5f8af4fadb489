// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeKind;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The volumes beside the disks, for snapshots: read when somebody looks, but not more often than once in
 * {@link #PERIOD_NANOS}, because reading them walks mounts and sysfs. While they cannot be read, the last ones stay.
 */
final class VolumesNow {
    static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final System.Logger LOG = System.getLogger(VolumesNow.class.getName());

    private final Supplier<List<VolumeInfo>> source;
    private final LongSupplier nanoTime;
    private List<VolumeInfo> latest = List.of();
    private long readAtNanos;
    private boolean read;
    private boolean failed;

    /** @param source reads all volumes */
    VolumesNow(Supplier<List<VolumeInfo>> source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
    }

    synchronized List<VolumeInfo> get() {
        long now = nanoTime.getAsLong();
        if (!read || now - readAtNanos >= PERIOD_NANOS) {
            read = true;
            readAtNanos = now;
            try {
                latest = source.get().stream()
                        .filter(volume -> volume.kind() != VolumeKind.DISK)
                        .toList();
                failed = false;
            } catch (CramdiskException e) {
                if (!failed) {
                    LOG.log(Level.WARNING, "the volumes of this machine cannot be read", e);
                }
                failed = true;
            }
        }
        return latest;
    }
}
