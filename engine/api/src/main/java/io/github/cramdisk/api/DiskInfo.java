// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import io.github.cramdisk.api.attach.Attachment;
import org.jspecify.annotations.Nullable;

/**
 * A disk as it is now.
 *
 * @param uri NBD URI, complete: {@code nbd+unix:///NAME?socket=PATH}
 * @param logicalBytes bytes the user sees in use: every block that was written and not trimmed since
 * @param storedBytes bytes of those blocks after compression
 * @param residentBytes RAM really held by arena and index, overhead included
 * @param ramLimitBytes cap on {@code residentBytes}, null for none
 * @param ratio logical by resident; 1.0 while the disk is empty
 * @param clients open NBD connections
 * @param attachment what it is to the kernel of this machine; null where it is not attached
 */
public record DiskInfo(
        String name,
        String uri,
        long sizeBytes,
        long blockSizeBytes,
        CodecSpec codec,
        boolean readOnly,
        long logicalBytes,
        long storedBytes,
        long residentBytes,
        @Nullable Long ramLimitBytes,
        double ratio,
        int clients,
        @Nullable Attachment attachment) {

    /** {@code logical / resident}, 1.0 while nothing is stored. */
    public static double ratioOf(long logicalBytes, long residentBytes) {
        return logicalBytes == 0 || residentBytes == 0 ? 1.0 : (double) logicalBytes / residentBytes;
    }
}
