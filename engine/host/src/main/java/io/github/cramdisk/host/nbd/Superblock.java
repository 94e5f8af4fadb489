// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.nbd;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a device says that is on it: the filesystems and the swap that Cramdisk makes, by their magic numbers.
 *
 * @param type {@code ext4}, {@code xfs}, {@code btrfs} or {@code swap}
 * @param label null for none
 * @param uuid as text
 */
public record Superblock(String type, @Nullable String label, String uuid) {
    public static final String SWAP = "swap";
    /** As much of a device as tells; from its begin. */
    public static final int BYTES = 72 << 10;

    private static final int UUID_BYTES = 16;
    /** Where dashes stand in the text of a UUID. */
    private static final int[] DASHES = {8, 12, 16, 20};

    /**
     * Where things are, in bytes from the begin of the device: struct ext4_super_block (at 1024), xfs_dsb,
     * btrfs_super_block (at 65536), swap_header.
     */
    private enum Layout {
        EXT4("ext4", 1024 + 0x38, "S\u00ef", 1024 + 0x68, 1024 + 0x78, 16),
        XFS("xfs", 0, "XFSB", 32, 108, 12),
        BTRFS("btrfs", 65536 + 0x40, "_BHRfS_M", 65536 + 0x20, 65536 + 0x12b, 256),
        SWAP_SPACE(SWAP, 4086, "SWAPSPACE2", 1024 + 0xc, 1024 + 0x1c, 16);

        private final String type;
        private final int magicAt;
        private final String magic;
        private final int uuidAt;
        private final int labelAt;
        private final int labelBytes;

        Layout(String type, int magicAt, String magic, int uuidAt, int labelAt, int labelBytes) {
            this.type = type;
            this.magicAt = magicAt;
            this.magic = magic;
            this.uuidAt = uuidAt;
            this.labelAt = labelAt;
            this.labelBytes = labelBytes;
        }

        private boolean isIn(byte[] bytes) {
            byte[] wanted = magic.getBytes(StandardCharsets.ISO_8859_1);
            return Arrays.equals(bytes, magicAt, magicAt + wanted.length, wanted, 0, wanted.length);
        }

        private Superblock read(byte[] bytes) {
            int end = labelAt;
            while (end < labelAt + labelBytes && bytes[end] != 0) {
                end++;
            }
            String label = new String(bytes, labelAt, end - labelAt, StandardCharsets.UTF_8);
            StringBuilder uuid = new StringBuilder(HexFormat.of().formatHex(bytes, uuidAt, uuidAt + UUID_BYTES));
            for (int i = 0; i < DASHES.length; i++) {
                uuid.insert(DASHES[i] + i, '-');
            }
            return new Superblock(type, label.isEmpty() ? null : label, uuid.toString());
        }
    }

    /**
     * @param bytes the first {@link #BYTES} of a device, zeroes behind a shorter one
     * @return empty where nothing is known
     */
    public static Optional<Superblock> of(byte[] bytes) {
        return Arrays.stream(Layout.values())
                .filter(layout -> layout.isIn(bytes))
                .findFirst()
                .map(layout -> layout.read(bytes));
    }

    /** Reads what is on a block device. */
    public static Optional<Superblock> ofDevice(String device) throws IOException {
        byte[] bytes = new byte[BYTES];
        try (FileInputStream file = new FileInputStream(device)) {
            int unused = file.readNBytes(bytes, 0, bytes.length);
        }
        return of(bytes);
    }
}
