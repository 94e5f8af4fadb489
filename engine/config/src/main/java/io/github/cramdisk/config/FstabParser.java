// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.config.ConfigImport;
import io.github.cramdisk.api.config.ConfigImport.Found;
import io.github.cramdisk.api.config.ConfigImport.Kept;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.api.volume.MountTarget;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads fstab(5). Lines of filesystems that are not in memory are left alone; of those that are, everything is read or
 * kept.
 */
public final class FstabParser {
    private static final int FIELDS = 6;

    private final String path;
    private final ZramRules zram;
    private final List<Found> found = new ArrayList<>();
    private final List<Kept> kept = new ArrayList<>();

    private FstabParser(String path, ZramRules zram) {
        this.path = path;
        this.zram = zram;
    }

    /**
     * @param path for the origin of what is found
     * @param rules the text of Cramdisk's udev rules, which hold the settings of zram devices; empty where there are none
     */
    public static ConfigImport parse(String path, String text, String rules) {
        FstabParser parser = new FstabParser(path, ZramRules.parse(rules));
        int number = 0;
        for (String line : text.split("\n", -1)) {
            parser.line(line, path + ":" + ++number);
        }
        return new ConfigImport(parser.found, parser.kept);
    }

    private void line(String line, String origin) {
        String stripped = line.strip();
        if (stripped.isEmpty() || stripped.startsWith("#")) {
            return;
        }
        String[] fields = stripped.split("[ \t]+", -1);
        String source = FstabText.unescape(fields[0]);
        String type = fields.length > 2 ? FstabText.unescape(fields[2]) : "";
        boolean isZram = source.matches("/dev/zram[0-9]+");
        if (!type.equals("tmpfs") && !type.equals("ramfs") && !isZram) {
            return;
        }
        if (fields.length > FIELDS) {
            kept.add(new Kept(origin, line, "It has more than six fields."));
            return;
        }
        String target = FstabText.unescape(fields[1]);
        ImportedMount mount = new ImportedMount(fields.length > 3 ? FstabText.unescape(fields[3]) : "defaults");
        try {
            ConfigVolume volume;
            if (isZram) {
                volume = zram.volume(source, target, type, mount);
            } else {
                // Both mount(8) and systemd drop what is doubled or at the end.
                String plain = MountTarget.check(plain(target));
                volume = type.equals("tmpfs")
                        ? new ConfigVolume.Tmpfs(mount.tmpfs(plain, mount.mkdir()), mount.extra())
                        : new ConfigVolume.Ramfs(mount.ramfs(plain, mount.mkdir()), mount.extra());
            }
            found.add(new Found(volume, origin));
            mount.unknown().forEach(option -> kept.add(new Kept(origin, option, "This option is not understood.")));
            if (fields.length == FIELDS && !fields[5].equals("0")) {
                kept.add(new Kept(origin, fields[5], "A filesystem in memory is never checked."));
            }
        } catch (CramdiskException e) {
            kept.add(new Kept(origin, line, String.valueOf(e.getMessage())));
        }
    }

    static String plain(String target) {
        String plain = target.replaceAll("/+", "/");
        return plain.length() > 1 && plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
    }

    /** For messages. */
    @Override
    public String toString() {
        return path;
    }
}
