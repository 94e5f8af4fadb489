// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.api.DiskStats;
import io.github.cramdisk.api.DiskStats.HistogramBucket;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Texts;
import java.util.ArrayList;
import java.util.List;

/** Turns the counts of stored blocks into the bars of a histogram: blocks without a slot, compressed by size, raw. */
final class BlockBars {
    /** More bars than this would be too thin to point at. */
    private static final int MOST_SIZES = 12;

    private BlockBars() {}

    /** What kind of block a bar counts. */
    enum Kind {
        FREE_OF_COST,
        COMPRESSED,
        RAW
    }

    /**
     * @param label under the bar, short
     * @param description in the tooltip
     */
    record Bar(Kind kind, String label, String description, long blocks, double share) {}

    static List<Bar> of(DiskStats disk) {
        DiskStats.BlockCounts counts = disk.blocks();
        long all = counts.total();
        List<Bar> bars = new ArrayList<>();
        bars.add(bar(Kind.FREE_OF_COST, "0", Texts.of("disk.bar.zero"), counts.zero(), all));
        bars.add(bar(
                Kind.FREE_OF_COST,
                Texts.of("disk.bar.same"),
                Texts.of("disk.bar.same.hint"),
                counts.sameFilled(),
                all));
        List<HistogramBucket> sizes = merge(withoutRaw(disk), MOST_SIZES);
        for (HistogramBucket bucket : sizes) {
            String upTo = Sizes.formatShort(bucket.upToBytes());
            bars.add(bar(Kind.COMPRESSED, shorten(upTo), Texts.of("disk.bar.compressed", upTo), bucket.blocks(), all));
        }
        bars.add(bar(Kind.RAW, Texts.of("disk.bar.raw"), Texts.of("disk.bar.raw.hint"), counts.raw(), all));
        return List.copyOf(bars);
    }

    private static Bar bar(Kind kind, String label, String description, long blocks, long all) {
        double share = all == 0 ? 0 : (double) blocks / all;
        String amount = Texts.of("disk.blocks", blocks);
        return new Bar(kind, label, description + "\n" + amount + " · " + DiskModel.percent(share), blocks, share);
    }

    /** Raw blocks are in the histogram at their full size, but have a bar of their own. */
    private static List<HistogramBucket> withoutRaw(DiskStats disk) {
        List<HistogramBucket> sizes = new ArrayList<>();
        long raw = disk.blocks().raw();
        for (HistogramBucket bucket : disk.histogram()) {
            boolean full = bucket.upToBytes() >= disk.info().blockSizeBytes();
            long taken = full ? Math.min(raw, bucket.blocks()) : 0;
            raw -= taken;
            sizes.add(new HistogramBucket(bucket.upToBytes(), bucket.blocks() - taken));
        }
        return sizes;
    }

    private static List<HistogramBucket> merge(List<HistogramBucket> sizes, int most) {
        int each = (sizes.size() + most - 1) / most;
        if (each <= 1) {
            return sizes;
        }
        List<HistogramBucket> merged = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i += each) {
            List<HistogramBucket> group = sizes.subList(i, Math.min(sizes.size(), i + each));
            long blocks = group.stream().mapToLong(HistogramBucket::blocks).sum();
            merged.add(new HistogramBucket(group.get(group.size() - 1).upToBytes(), blocks));
        }
        return merged;
    }

    private static String shorten(String size) {
        return size.replace(" KiB", "K").replace(" MiB", "M").replace(" B", "");
    }
}
