// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import io.github.cramdisk.api.attach.Attachment;
import org.jspecify.annotations.Nullable;

/**
 * A disk as it is now.
 *
 * @param uri NBD URI, complete: {@code nbd+unix:///NAME?socket=PATH}
 * @param codec of blocks that are not squeezed
 * @param squeeze whether unused blocks are compressed again
 * @param logicalBytes bytes the user sees in use: every block that was written and not trimmed since
 * @param storedBytes bytes of those blocks after compression
 * @param residentBytes RAM really held by arena and index, overhead included
 * @param ramLimitBytes cap on {@code residentBytes} as the user set it, null for none
 * @param ratio logical by resident; 1.0 while the disk is empty
 * @param clients open NBD connections
 * @param effectiveLimitBytes the cap as it is now: {@code ramLimitBytes}, or what it has risen to by its growth policy
 * @param whenFull what happens at the limit
 * @param waiting writes that wait for room, null while none does
 * @param problem why the disk cannot be used, a sentence; null while it serves. Such a disk is shown as if it held nothing
 * @param otherCodecBytes logical bytes of blocks stored with another codec than {@code codec}, which are brought into it in
 *     the background
 * @param attachment what it is to the kernel of this machine; null where it is not attached
 */
public record DiskInfo(
        String name,
        String uri,
        long sizeBytes,
        long blockSizeBytes,
        CodecSpec codec,
        SqueezeSpec squeeze,
        boolean readOnly,
        long logicalBytes,
        long storedBytes,
        long residentBytes,
        @Nullable Long ramLimitBytes,
        double ratio,
        int clients,
        @Nullable Long effectiveLimitBytes,
        FullPolicy whenFull,
        @Nullable WaitingWrites waiting,
        @Nullable String problem,
        long otherCodecBytes,
        @Nullable Attachment attachment) {

    /** A disk in use that is not full. */
    public static DiskInfo ofServing(
            DiskSpec spec, String uri, long logicalBytes, long storedBytes, long residentBytes, int clients) {
        Long limit = spec.ramLimit() == null ? null : spec.ramLimit().bytes();
        return new DiskInfo(
                spec.name(),
                uri,
                spec.size().bytes(),
                spec.blockSize().bytes(),
                spec.codec(),
                spec.squeeze(),
                spec.readOnly(),
                logicalBytes,
                storedBytes,
                residentBytes,
                limit,
                ratioOf(logicalBytes, residentBytes),
                clients,
                limit,
                spec.whenFull(),
                null,
                null,
                0,
                null);
    }

    /** This disk with writes that wait for room, and as it is to the kernel. */
    public DiskInfo with(@Nullable WaitingWrites writes, @Nullable Attachment now) {
        return new DiskInfo(
                name,
                uri,
                sizeBytes,
                blockSizeBytes,
                codec,
                squeeze,
                readOnly,
                logicalBytes,
                storedBytes,
                residentBytes,
                ramLimitBytes,
                ratio,
                clients,
                effectiveLimitBytes,
                whenFull,
                writes,
                problem,
                otherCodecBytes,
                now);
    }

    /** {@code logical / resident}, 1.0 while nothing is stored. */
    public static double ratioOf(long logicalBytes, long residentBytes) {
        return logicalBytes == 0 || residentBytes == 0 ? 1.0 : (double) logicalBytes / residentBytes;
    }
}
