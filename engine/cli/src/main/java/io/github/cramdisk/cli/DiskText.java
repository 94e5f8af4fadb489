// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.attach.Attachment;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the parts of a disk read. */
final class DiskText {
    private DiskText() {}

    static String bytes(long bytes) {
        return new ByteSize(bytes).format();
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }

    static String limit(@Nullable Long bytes) {
        return bytes == null ? "none" : bytes(bytes);
    }

    static String attachment(@Nullable Attachment attachment) {
        if (attachment == null) {
            return "no";
        }
        String waiting = attachment.state() == Attachment.State.RECONNECTING ? ", waits for the engine" : "";
        return attachment.device() + " (" + attachment.useText() + waiting + ")";
    }

    /** Codec, blocks and limit, in words. */
    static String settings(DiskInfo disk) {
        return disk.codec() + ", blocks of " + new ByteSize(disk.blockSizeBytes()).formatExact() + ", "
                + (disk.ramLimitBytes() == null ? "no RAM limit" : "RAM limit " + bytes(disk.ramLimitBytes()))
                + (disk.readOnly() ? ", read-only" : "");
    }
}
