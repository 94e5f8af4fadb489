// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.Warning;
import io.github.cramdisk.api.WarningKind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A zram device to be made: its size and algorithm are fixed from then on (the kernel answers EBUSY).
 *
 * @param size what it offers, before compression: a multiple of 4 KiB up to 16 TiB
 * @param algorithm null: the kernel's default
 * @param recompression algorithms for pages that were stored before, the first tried first (at most 3, where the kernel
 *     has CONFIG_ZRAM_MULTI_COMP)
 * @param memLimit most memory it may take; a filesystem on it fails when that is reached
 * @param use null: the bare device
 * @param backingDevice a whole block device or partition, such as {@code /dev/sdb2}, to which pages may be written back;
 *     what is on it is lost. Null for none. Needs CONFIG_ZRAM_WRITEBACK
 * @param schedule the upkeep that the engine does by itself; null for none
 * @param temporary not kept in the configuration: gone after the next start of the machine
 */
public record ZramSpec(
        ByteSize size,
        @Nullable ZramAlgorithm algorithm,
        List<ZramAlgorithm> recompression,
        @Nullable ByteSize memLimit,
        @Nullable DeviceUse use,
        @Nullable String backingDevice,
        @Nullable ZramSchedule schedule,
        boolean temporary) {
    public static final ByteSize SIZE_STEP = ByteSize.ofKibi(4);
    public static final ByteSize MAX_SIZE = ByteSize.ofGibi(16 << 10);
    /** Smallest bare device or swap: mkswap(8) wants ten pages. */
    public static final ByteSize MIN_SIZE = ByteSize.ofKibi(40);
    /** ZRAM_MAX_COMPS of the kernel's zram_drv.h, less the primary one. */
    public static final int MOST_RECOMPRESSION = 3;

    private static final Pattern BACKING_DEVICE = Pattern.compile("/dev(/[A-Za-z0-9_+:-][A-Za-z0-9._+:-]{0,63}){1,4}");

    /** @throws CramdiskException {@link ErrorKind#INVALID_ZRAM_OPTION} */
    public ZramSpec {
        recompression = recompression == null ? List.of() : List.copyOf(recompression);
        ByteSize smallest =
                use instanceof DeviceFilesystem filesystem ? filesystem.type().smallest() : MIN_SIZE;
        if (size.compareTo(smallest) < 0 || size.compareTo(MAX_SIZE) > 0 || size.bytes() % SIZE_STEP.bytes() != 0) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ZRAM_OPTION,
                    "size " + size.formatExact(),
                    "Use " + smallest.formatExact() + " to " + MAX_SIZE.formatExact() + ", in steps of "
                            + SIZE_STEP.formatExact() + ".");
        }
        checkMemLimit(memLimit);
        if (recompression.size() > MOST_RECOMPRESSION) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ZRAM_OPTION, "recompression", "Use at most " + MOST_RECOMPRESSION + ".");
        }
        if (backingDevice != null
                && (!BACKING_DEVICE.matcher(backingDevice).matches() || backingDevice.startsWith("/dev/zram"))) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ZRAM_OPTION,
                    "backing device " + backingDevice,
                    "Name a disk or partition that is not in memory, such as /dev/sdb2.");
        }
        if (schedule != null) {
            schedule.upkeep().check(!recompression.isEmpty(), backingDevice != null);
        }
    }

    /** Without backing device and schedule. */
    public ZramSpec(
            ByteSize size,
            @Nullable ZramAlgorithm algorithm,
            List<ZramAlgorithm> recompression,
            @Nullable ByteSize memLimit,
            @Nullable DeviceUse use,
            boolean temporary) {
        this(size, algorithm, recompression, memLimit, use, null, null, temporary);
    }

    /** The kernel's default algorithm and no limit. */
    public static ZramSpec of(ByteSize size, @Nullable DeviceUse use) {
        return new ZramSpec(size, null, List.of(), null, use, false);
    }

    /** From the wire or a file: everything but the size may be left out. */
    @JsonCreator
    static ZramSpec fromProperties(
            @JsonProperty(value = "size", required = true) ByteSize size,
            @JsonProperty("algorithm") @Nullable ZramAlgorithm algorithm,
            @JsonProperty("recompression") @Nullable List<ZramAlgorithm> recompression,
            @JsonProperty("memLimit") @Nullable ByteSize memLimit,
            @JsonProperty("use") @Nullable DeviceUse use,
            @JsonProperty("backingDevice") @Nullable String backingDevice,
            @JsonProperty("schedule") @Nullable ZramSchedule schedule,
            @JsonProperty("temporary") boolean temporary) {
        return new ZramSpec(
                size,
                algorithm,
                recompression == null ? List.of() : recompression,
                memLimit,
                use,
                backingDevice,
                schedule,
                temporary);
    }

    static void checkMemLimit(@Nullable ByteSize memLimit) {
        if (memLimit != null && memLimit.compareTo(SIZE_STEP) < 0) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ZRAM_OPTION,
                    "mem-limit " + memLimit.formatExact(),
                    "Use " + SIZE_STEP.formatExact() + " or more.");
        }
    }

    /** Sentences about what the user may not expect; mostly none. */
    public List<Warning> warnings() {
        List<Warning> warnings = new ArrayList<>();
        if (backingDevice != null) {
            warnings.add(Warning.of(WarningKind.ZRAM_BACKING_PLAIN, backingDevice));
        }
        if (memLimit != null && use instanceof DeviceFilesystem) {
            warnings.add(Warning.of(WarningKind.ZRAM_LIMIT_UNDER_FILESYSTEM));
        }
        return warnings;
    }

    /** The definition after {@code change} was carried out. */
    public ZramSpec with(ZramChange change) {
        ByteSize limit = change.memLimit() != null ? change.memLimit() : change.removeMemLimit() ? null : memLimit;
        ZramSchedule kept = change.schedule() != null ? change.schedule() : change.removeSchedule() ? null : schedule;
        return new ZramSpec(size, algorithm, recompression, limit, use, backingDevice, kept, temporary);
    }
}
