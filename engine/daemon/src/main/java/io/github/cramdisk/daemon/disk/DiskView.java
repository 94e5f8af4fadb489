// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.disk;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.DiskStats;
import io.github.cramdisk.api.attach.Attachment;
import io.github.cramdisk.store.StoreStats;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A disk as front ends see it. A disk that cannot be used shows nothing stored. */
final class DiskView {
    private DiskView() {}

    /**
     * Tells the disk as it is.
     *
     * @param now what it serves with, and {@code stats} of that; both null where it does not serve
     * @param problem why it cannot be used, null where it can
     */
    static DiskInfo info(
            DiskSpec spec,
            String uri,
            @Nullable Serving now,
            @Nullable StoreStats stats,
            @Nullable String problem,
            @Nullable Attachment attachment) {
        long logical = stats == null ? 0 : stats.logicalBytes();
        long resident = stats == null ? 0 : stats.residentBytes();
        ByteSize limit = spec.ramLimit();
        return new DiskInfo(
                spec.name(),
                uri,
                spec.size().bytes(),
                spec.blockSize().bytes(),
                spec.codec(),
                spec.squeeze(),
                spec.readOnly(),
                logical,
                stats == null ? 0 : stats.storedBytes(),
                resident,
                limit == null ? null : limit.bytes(),
                DiskInfo.ratioOf(logical, resident),
                now == null ? 0 : now.export().clients(),
                limit == null
                        ? null
                        : Long.valueOf(now == null ? limit.bytes() : now.limit().bytes()),
                spec.whenFull(),
                now == null ? null : now.waiting(),
                problem,
                stats == null ? 0 : stats.otherCodecBlocks() * spec.blockSize().bytes(),
                attachment);
    }

    static DiskStats stats(DiskInfo info, @Nullable Serving now, @Nullable StoreStats stats) {
        if (now == null || stats == null) {
            return new DiskStats(
                    info,
                    new DiskStats.BlockCounts(0, 0, 0, 0, 0),
                    List.of(),
                    CommandTotals.NONE.plus(null).byName());
        }
        return new DiskStats(
                info,
                StoreMapping.blocks(stats),
                StoreMapping.histogram(stats, now.store().geometry().blockBytes()),
                now.commands().byName());
    }
}
