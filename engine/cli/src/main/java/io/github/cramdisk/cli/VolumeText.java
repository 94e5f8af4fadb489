// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.VolumeUser;
import io.github.cramdisk.api.volume.ZramInfo;
import io.github.cramdisk.api.volume.ZramPages;
import io.github.cramdisk.api.volume.ZramSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the parts of a volume read. */
final class VolumeText {
    private VolumeText() {}

    static String size(@Nullable Long bytes) {
        return bytes == null ? "unlimited" : DiskText.bytes(bytes);
    }

    static String orDash(@Nullable Object value) {
        return value == null ? "-" : value.toString();
    }

    static String used(VolumeInfo volume) {
        return bytes(volume.usedBytes(), volume.atLeast());
    }

    static String resident(VolumeInfo volume) {
        return bytes(volume.residentBytes(), volume.atLeast());
    }

    private static String bytes(long bytes, boolean atLeast) {
        return !atLeast ? DiskText.bytes(bytes) : bytes == 0 ? "?" : "at least " + DiskText.bytes(bytes);
    }

    static String swapped(VolumeInfo volume) {
        return volume.swappedBytes() == null ? "-" : DiskText.bytes(volume.swappedBytes());
    }

    /** Control characters in a path would draw over other rows. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (Character.isISOControl(c)) {
                plain.append(String.format("\\%03o", c));
            } else {
                plain.appendCodePoint(c);
            }
        });
        return plain.toString();
    }

    static String users(List<VolumeUser> users) {
        return users.isEmpty()
                ? "nobody"
                : String.join(
                        ", ", users.stream().map(user -> plain(user.toString())).toList());
    }

    /** What a zram device is used as, in words. */
    static String use(ZramInfo zram) {
        return switch (zram.use()) {
            case "filesystem" -> orDash(zram.filesystem()) + " at " + plain(orDash(zram.target()));
            case "swap" -> "swap, priority " + orDash(zram.swapPriority());
            default -> zram.sizeBytes() == 0 ? "not set up" : "none";
        };
    }

    /** {@code every 30m, not on battery: idle,huge recompressed, idle written back}. */
    static String schedule(@Nullable ZramSchedule schedule) {
        if (schedule == null) {
            return "by hand";
        }
        List<String> steps = new ArrayList<>();
        if (!schedule.upkeep().recompress().isEmpty()) {
            steps.add(pages(schedule.upkeep().recompress()) + " recompressed");
        }
        if (!schedule.upkeep().writeBack().isEmpty()) {
            steps.add(pages(schedule.upkeep().writeBack()) + " written back");
        }
        if (!schedule.upkeep().keepMarks()) {
            steps.add("the rest marked as idle");
        }
        return "every " + Minutes.text(schedule.everyMinutes()) + (schedule.onBattery() ? "" : ", not on battery")
                + ": " + String.join(", ", steps);
    }

    private static String pages(List<ZramPages> pages) {
        return pages.stream().map(ZramPages::text).collect(Collectors.joining(" and "));
    }
}
