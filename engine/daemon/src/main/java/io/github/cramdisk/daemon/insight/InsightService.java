// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.insight;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.insight.CodecReport;
import io.github.cramdisk.api.insight.DiskMap;
import io.github.cramdisk.api.insight.Insight;
import io.github.cramdisk.api.insight.VolumeHistory;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.daemon.disk.Disks;
import io.github.cramdisk.host.power.PowerSupply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** The use cases of {@link Insight}: runs what they need until it is closed. Thread-safe. */
public final class InsightService implements Insight, AutoCloseable {
    private final Disks disks;
    private final HistoryKeeper history;
    private final CodecSampler codecs;

    /** @param others lists the volumes that are no disks */
    public InsightService(Disks disks, Supplier<List<VolumeInfo>> others) {
        this.disks = disks;
        this.history = new HistoryKeeper(disks::readAll, others, System::currentTimeMillis);
        this.codecs = new CodecSampler(disks, new PowerSupply(Path.of("/"))::isOnBattery);
    }

    /** Begins to record. */
    public void start() {
        history.start();
    }

    @Override
    public VolumeHistory history(String volume, Duration span) {
        return history.history(volume, span);
    }

    @Override
    public DiskMap diskMap(DiskMap.Query query) {
        return disks.map(query);
    }

    /** @throws CramdiskException {@link io.github.cramdisk.api.ErrorKind#NO_SUCH_DISK} */
    @Override
    public CodecReport codecs(String name) {
        return codecs.report(disks.show(name));
    }

    @Override
    public void close() {
        history.close();
        codecs.close();
    }
}
