// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.insight;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.time.Duration;

/** What can be asked about a volume beyond its numbers of now. Thread-safe. */
public interface Insight {
    /** Shortest past that can be asked for. */
    Duration SHORTEST = Duration.ofMinutes(1);
    /** Longest past that is kept. */
    Duration LONGEST = Duration.ofDays(1);

    /**
     * The past of a volume, as far as the engine was there; steps are longer the further back it goes.
     *
     * @param volume name of a disk, mount point or device
     * @param span how far back, {@link #SHORTEST} to {@link #LONGEST}
     * @throws CramdiskException {@link ErrorKind#NO_SUCH_VOLUME}, {@link ErrorKind#NO_HISTORY} or
     *     {@link ErrorKind#INVALID_ARGUMENT}
     */
    VolumeHistory history(String volume, Duration span);

    /**
     * A picture of the addresses of a disk; takes milliseconds, for a disk of any size.
     *
     * @throws CramdiskException {@link ErrorKind#NO_SUCH_DISK} or {@link ErrorKind#INVALID_ARGUMENT}
     */
    DiskMap diskMap(DiskMap.Query query);

    /**
     * What is known now; the first question starts the sampling, so ask again until the state is
     * {@link CodecReport.State#READY}.
     *
     * @throws CramdiskException {@link ErrorKind#NO_SUCH_DISK}
     */
    CodecReport codecs(String name);
}
