// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.create;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.DiskUpdate;
import io.github.cramdisk.api.volume.ZramAlgorithm;
import io.github.cramdisk.gui.common.Settings;
import io.github.cramdisk.gui.common.Sizes;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the forms of new volumes begin with, by purpose, as the settings keep it: each a text, absent for none. */
public enum Default {
    SCRATCH_SIZE,
    DISK_SIZE,
    DISK_CODEC,
    DISK_BLOCK_SIZE,
    DISK_LIMIT,
    SWAP_SIZE,
    SWAP_ALGORITHM,
    SWAP_LIMIT;

    /** As in ids and texts: {@code disk-size}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private String key() {
        return "default." + id();
    }

    /** What is kept; empty for nothing. */
    public String in(Settings settings) {
        return settings.get(key()).orElse("");
    }

    /**
     * Keeps it.
     *
     * @param text blank for nothing
     * @throws CramdiskException where it cannot be; then the settings stay as they are
     */
    public void set(Settings settings, String text) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            settings.remove(key());
        } else {
            Object unused = read(stripped);
            settings.put(key(), stripped);
        }
    }

    private Object read(String text) {
        return switch (this) {
            case SCRATCH_SIZE, SWAP_SIZE, SWAP_LIMIT -> Sizes.parse(text);
            case DISK_SIZE -> DiskSpec.of("a", Sizes.parse(text)).size();
            case DISK_CODEC -> CodecSpec.parse(text);
            case DISK_BLOCK_SIZE -> new DiskSpec("a", DiskSpec.MAX_SIZE, CodecSpec.LZ4, Sizes.parse(text), null, false);
            case DISK_LIMIT -> new DiskUpdate(null, Sizes.parse(text), false, null);
            case SWAP_ALGORITHM -> ZramAlgorithm.of(text);
        };
    }

    /** What the form of a purpose begins with. */
    public static Draft of(Purpose purpose, Settings settings) {
        return switch (purpose) {
            case SCRATCH -> new Draft(SCRATCH_SIZE.kept(settings, Sizes::parse), null, null, null, null);
            case DISK ->
                new Draft(
                        DISK_SIZE.kept(settings, Sizes::parse),
                        DISK_CODEC.kept(settings, CodecSpec::parse),
                        DISK_BLOCK_SIZE.kept(settings, Sizes::parse),
                        DISK_LIMIT.kept(settings, Sizes::parse),
                        null);
            case SWAP ->
                new Draft(
                        SWAP_SIZE.kept(settings, Sizes::parse),
                        null,
                        null,
                        SWAP_LIMIT.kept(settings, Sizes::parse),
                        SWAP_ALGORITHM.kept(settings, text -> text));
            case EXPERT -> Draft.EMPTY;
        };
    }

    /** A file that somebody edited may hold anything: what cannot be is nothing. */
    private <T> @Nullable T kept(Settings settings, Function<String, T> reader) {
        String text = in(settings);
        try {
            if (text.isEmpty()) {
                return null;
            }
            Object unused = read(text);
            return reader.apply(text);
        } catch (CramdiskException e) {
            return null;
        }
    }

    /** Blocks that a disk can have, as they are kept. */
    public static List<String> blockSizes() {
        return CreateModel.BLOCK_SIZES.stream().map(ByteSize::formatExact).toList();
    }
}
