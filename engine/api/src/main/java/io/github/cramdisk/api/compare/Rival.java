// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.compare;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.cramdisk.api.CodecSpec;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One kind of storage in memory, and how it did. Speeds are those of one thread at the storage itself; over NBD a request to
 * a disk takes 10 to 20 µs more.
 *
 * @param codec of a disk; null otherwise
 * @param blockBytes of a disk; 0 otherwise
 * @param memoryBytes what the sample takes
 * @param restedMemoryBytes what it takes when it was left alone for a while: squeezed, or swapped out
 * @param writeMegabytesPerSecond in 1,000,000 bytes, as the others
 * @param randomReadsPerSecond of 4 KiB, as writes
 */
public record Rival(
        Kind kind,
        @Nullable CodecSpec codec,
        long blockBytes,
        long memoryBytes,
        long restedMemoryBytes,
        double writeMegabytesPerSecond,
        double readMegabytesPerSecond,
        double randomReadsPerSecond,
        double randomWritesPerSecond) {

    /** Kinds of storage in memory. */
    public enum Kind {
        /** Files in memory as they are. */
        TMPFS,
        /** The same with swap on zram behind it: what is left alone is compressed when memory is short. An estimate. */
        TMPFS_WITH_SWAP,
        /** A compressed block device of the kernel. */
        ZRAM,
        /** A disk of this engine. */
        DISK;

        /** As on the wire and in scripts: {@code tmpfs-with-swap}. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
