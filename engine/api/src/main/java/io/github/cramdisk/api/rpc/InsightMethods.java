// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.rpc;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.insight.CodecReport;
import io.github.cramdisk.api.insight.DiskMap;
import io.github.cramdisk.api.insight.Insight;
import io.github.cramdisk.api.insight.VolumeHistory;
import java.time.Duration;
import java.util.Objects;

/** The methods of {@link Insight}; see {@link RpcMethods}. */
public final class InsightMethods {
    /** Parameters {@link Past}; result {@link VolumeHistory}. */
    public static final String HISTORY = "volume.history";
    /** Parameters {@link DiskMap.Query}; result {@link DiskMap}. */
    public static final String MAP = "disk.map";
    /** Parameters {@link RpcMethods.DiskName}; result {@link CodecReport}. */
    public static final String CODECS = "disk.codecs";

    private InsightMethods() {}

    /** One volume, and how far back. */
    public record Past(String volume, long spanSeconds) {
        /** @throws CramdiskException {@link ErrorKind#INVALID_ARGUMENT} */
        public Past {
            Objects.requireNonNull(volume, "volume");
            if (spanSeconds < Insight.SHORTEST.toSeconds() || spanSeconds > Insight.LONGEST.toSeconds()) {
                throw new CramdiskException(
                        ErrorKind.INVALID_ARGUMENT, "The past can be asked for from one minute to one day.");
            }
        }

        public Duration span() {
            return Duration.ofSeconds(spanSeconds);
        }
    }
}
