// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.definition;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Names of the files of volume definitions: readable where possible, one for each mount point. */
final class VolumeId {
    /** With kind, hash and ending well within NAME_MAX (255). */
    private static final int MOST_READABLE = 150;

    private VolumeId() {}

    /** {@code tmpfs-mnt-ram}; bytes other than letters, digits and dots become {@code _XX}. */
    static String of(String kind, String target) {
        StringBuilder name = new StringBuilder(kind);
        for (byte octet : target.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xFF);
            boolean plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.';
            if (c == '/') {
                name.append('-');
            } else if (plain) {
                name.append(c);
            } else {
                name.append(String.format("_%02x", (int) c));
            }
        }
        if (name.length() <= MOST_READABLE) {
            return name.toString();
        }
        return name.substring(0, MOST_READABLE) + "-" + UUID.nameUUIDFromBytes(target.getBytes(StandardCharsets.UTF_8));
    }

    static String random(String kind) {
        return kind + "-" + UUID.randomUUID();
    }
}
