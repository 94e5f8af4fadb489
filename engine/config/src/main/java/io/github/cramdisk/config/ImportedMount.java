// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.volume.FileMode;
import io.github.cramdisk.api.volume.HugePages;
import io.github.cramdisk.api.volume.InodeWidth;
import io.github.cramdisk.api.volume.MemoryPolicy;
import io.github.cramdisk.api.volume.MountFlags;
import io.github.cramdisk.api.volume.MountFlagsChange;
import io.github.cramdisk.api.volume.RamfsSpec;
import io.github.cramdisk.api.volume.SizeLimit;
import io.github.cramdisk.api.volume.TmpfsQuota;
import io.github.cramdisk.api.volume.TmpfsSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The options of one mount, as they are read: each becomes a part of the volume, one of its extra options, or is kept as
 * not understood. Used by one thread.
 */
final class ImportedMount {
    private static final Pattern NUMBER = Pattern.compile("([0-9]+)([kKmMgGtTpP]?)");
    private static final String UNITS = "KMGTP";
    /** nr_blocks counts pages; on the machines that have others than 4 KiB it is hardly ever written. */
    private static final long PAGE = 4096;

    private final List<String> flags = new ArrayList<>(List.of("suid", "dev"));
    private final List<String> extra = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final Map<String, String> own = new LinkedHashMap<>();
    private boolean mkdir;

    /** @param options as mount(8) takes them, comma-separated */
    ImportedMount(String options) {
        for (String option : options.split(",", -1)) {
            if (option.isEmpty() || option.equals("defaults")) {
                continue;
            }
            if (option.equals("X-mount.mkdir")) {
                mkdir = true;
            } else if (MountFlagsChange.isFlag(option)) {
                flags.add(option);
            } else if (ConfigVolume.EXTRA.matcher(option).matches()) {
                mkdir |= option.startsWith("X-mount.mkdir=");
                extra.add(option);
            } else {
                int equals = option.indexOf('=');
                // Of an option that is given twice the last wins.
                String key = equals < 0 ? option : option.substring(0, equals);
                own.remove(key);
                own.put(key, equals < 0 ? "" : option.substring(equals + 1));
            }
        }
    }

    MountFlags flags() {
        return MountFlags.parse(String.join(",", flags));
    }

    List<String> extra() {
        return List.copyOf(extra);
    }

    /** Words of systemd or mount(8) that Cramdisk writes itself. */
    void dropExtra(List<String> ours) {
        extra.removeAll(ours);
    }

    boolean mkdir() {
        return mkdir;
    }

    /** What became no part of the volume, each as it stood there. */
    List<String> unknown() {
        List<String> all = new ArrayList<>(unknown);
        own.forEach((key, value) -> all.add(value.isEmpty() ? key : key + "=" + value));
        return all;
    }

    /** Options of the filesystem itself; taken out of {@link #unknown}. */
    List<String> takeMatching(java.util.function.Predicate<String> known) {
        List<String> taken = new ArrayList<>();
        own.entrySet().removeIf(option -> {
            String text = option.getValue().isEmpty() ? option.getKey() : option.getKey() + "=" + option.getValue();
            return known.test(text) && taken.add(text);
        });
        return taken;
    }

    boolean take(String flag) {
        return "".equals(own.get(flag)) && own.remove(flag) != null;
    }

    @Nullable
    String takeValue(String key) {
        String value = own.get(key);
        return value == null || value.isEmpty() ? null : own.remove(key);
    }

    TmpfsSpec tmpfs(String target, boolean create) {
        SizeLimit size = size();
        boolean casefold = own.containsKey("casefold");
        String encoding = casefold ? String.valueOf(own.remove("casefold")) : null;
        return new TmpfsSpec(
                target,
                create,
                size,
                read("nr_inodes", ImportedMount::count),
                read("mode", FileMode::parse),
                read("uid", Long::valueOf),
                read("gid", Long::valueOf),
                read("huge", HugePages::parse),
                policy(),
                take("noswap"),
                take("inode64") ? InodeWidth.INODE64 : take("inode32") ? InodeWidth.INODE32 : null,
                quota(),
                encoding,
                take("strict_encoding"),
                flags(),
                false);
    }

    RamfsSpec ramfs(String target, boolean create) {
        return new RamfsSpec(target, create, read("mode", FileMode::parse), flags(), false);
    }

    private @Nullable SizeLimit size() {
        // The kernel has one limit for both; here the last one that was written is the last of the map.
        List<String> order = new ArrayList<>(own.keySet());
        String blocks = order.indexOf("nr_blocks") > order.indexOf("size") ? own.get("nr_blocks") : null;
        if (blocks != null) {
            SizeLimit limit = read("nr_blocks", text -> limit(Math.multiplyExact(count(text), PAGE)));
            if (limit != null) {
                own.remove("size");
            }
            return limit;
        }
        SizeLimit limit = read("size", ImportedMount::sizeLimit);
        if (limit != null) {
            own.remove("nr_blocks");
        }
        return limit;
    }

    private static SizeLimit sizeLimit(String text) {
        return text.endsWith("%") ? SizeLimit.parse(text) : limit(count(text));
    }

    private static SizeLimit limit(long bytes) {
        return bytes == 0 ? SizeLimit.unlimited() : SizeLimit.of(new ByteSize(bytes));
    }

    /** As the kernel's memparse() reads it: 2m, 1G; no fractions. */
    static long count(String text) {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.matches()) {
            throw new NumberFormatException(text);
        }
        String unit = matcher.group(2).toUpperCase(Locale.ROOT);
        int shift = unit.isEmpty() ? 0 : 10 * (UNITS.indexOf(unit) + 1);
        return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << shift);
    }

    /** Commas within the list of nodes were taken for ends of options; such a policy is kept as not understood. */
    private @Nullable MemoryPolicy policy() {
        return read("mpol", MemoryPolicy::parse);
    }

    private @Nullable TmpfsQuota quota() {
        boolean users = own.containsKey("usrquota") || own.containsKey("quota");
        boolean groups = own.containsKey("grpquota") || own.containsKey("quota");
        if (!users && !groups) {
            return null;
        }
        take("usrquota");
        take("grpquota");
        take("quota");
        return new TmpfsQuota(
                users,
                groups,
                users ? read("usrquota_block_hardlimit", text -> new ByteSize(count(text))) : null,
                users ? read("usrquota_inode_hardlimit", ImportedMount::count) : null,
                groups ? read("grpquota_block_hardlimit", text -> new ByteSize(count(text))) : null,
                groups ? read("grpquota_inode_hardlimit", ImportedMount::count) : null);
    }

    /** Reads one value of an option. */
    private interface Reader<T> {
        T read(String text);
    }

    /** A value that cannot be read stays among what is not understood. */
    private <T> @Nullable T read(String key, Reader<T> reader) {
        String text = own.get(key);
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            T value = reader.read(text);
            own.remove(key);
            return value;
        } catch (CramdiskException | IllegalArgumentException | ArithmeticException e) {
            unknown.add(key + "=" + text);
            own.remove(key);
            return null;
        }
    }
}
