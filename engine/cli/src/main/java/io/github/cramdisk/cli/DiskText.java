// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.FullPolicy;
import io.github.cramdisk.api.FullWait;
import io.github.cramdisk.api.WaitingWrites;
import io.github.cramdisk.api.attach.Attachment;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the parts of a disk read. */
final class DiskText {
    private static final long MILLIS_PER_SECOND = 1000;

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

    /** What happens at the limit, in words. */
    static String whenFull(DiskInfo disk) {
        FullPolicy policy = disk.whenFull();
        FullWait wait = policy.fullWait();
        String waiting = switch (wait.mode()) {
            case AUTO -> "writes wait, 30 s or, where the kernel is the client, without end";
            case WITHOUT_END -> "writes wait until there is room";
            case SECONDS -> wait.seconds() == 0 ? "writes fail" : "writes wait for " + wait.seconds() + " s, then fail";
        };
        return policy.growTo() == null ? waiting : "the limit rises up to " + policy.growTo() + ", then " + waiting;
    }

    /** What waits for room, since when, and the ways out; null when nothing does. */
    static @Nullable String waiting(DiskInfo disk, long nowMillis) {
        WaitingWrites waiting = disk.waiting();
        if (waiting == null) {
            return null;
        }
        long seconds = Math.max(0, nowMillis - waiting.sinceMillis()) / MILLIS_PER_SECOND;
        String what = waiting.writes() + (waiting.writes() == 1 ? " write" : " writes") + " to disk \"" + disk.name()
                + "\" (" + bytes(waiting.bytes()) + ") " + (waiting.writes() == 1 ? "waits" : "wait")
                + " for room, since " + seconds + " s";
        return switch (waiting.shortOf()) {
            case RAM_LIMIT ->
                what + ". Raise the limit:  cramdisk disk set " + disk.name()
                        + " --ram-limit SIZE\nOr make room: delete files there and run fstrim.";
            case ARENA ->
                what + ": the tmpfs that holds the disks is full. Make it larger (mount -o remount,size=SIZE), or make "
                        + "room: delete files on any disk and run fstrim.";
            case MACHINE ->
                what + ": the machine has no memory to spare. Close programs, or make room: delete files on any disk "
                        + "and run fstrim.";
        };
    }

    /** Codec, blocks and limit, in words. */
    static String settings(DiskInfo disk) {
        return disk.codec() + (disk.squeeze().isOn() ? ", squeezed with " + disk.squeeze() : "") + ", blocks of "
                + new ByteSize(disk.blockSizeBytes()).formatExact() + ", "
                + (disk.ramLimitBytes() == null ? "no RAM limit" : "RAM limit " + bytes(disk.ramLimitBytes()))
                + (disk.readOnly() ? ", read-only" : "");
    }
}
