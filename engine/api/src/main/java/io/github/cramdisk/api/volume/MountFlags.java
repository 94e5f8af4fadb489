// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import java.util.ArrayList;
import java.util.List;

/**
 * Options that every filesystem has. Set-id bits and device files are off unless asked for: what is left out, here and
 * on the wire, is the safe choice.
 *
 * @param readOnly {@code ro}
 * @param suid honour set-user-id bits; else {@code nosuid}
 * @param dev honour device files; else {@code nodev}
 * @param noexec programs on it cannot be run
 * @param nodiratime as mount(8) describes it
 * @param nosymfollow links on it are not followed
 * @param lazytime as mount(8) describes it
 */
public record MountFlags(
        boolean readOnly,
        boolean suid,
        boolean dev,
        boolean noexec,
        Atime atime,
        boolean nodiratime,
        boolean nosymfollow,
        boolean lazytime) {
    /** Writable, {@code nosuid} and {@code nodev}. */
    public static final MountFlags DEFAULT =
            new MountFlags(false, false, false, false, Atime.RELATIME, false, false, false);

    public MountFlags {
        atime = atime == null ? Atime.RELATIME : atime;
    }

    /**
     * The default with these options of mount(8), comma-separated.
     *
     * @throws io.github.cramdisk.api.CramdiskException {@link io.github.cramdisk.api.ErrorKind#INVALID_MOUNT_OPTION}
     */
    public static MountFlags parse(String options) {
        return DEFAULT.with(MountFlagsChange.parse(options));
    }

    /** The same flags with what {@code change} names. */
    public MountFlags with(MountFlagsChange change) {
        return new MountFlags(
                change.readOnly() == null ? readOnly : change.readOnly(),
                change.suid() == null ? suid : change.suid(),
                change.dev() == null ? dev : change.dev(),
                change.noexec() == null ? noexec : change.noexec(),
                change.atime() == null ? atime : change.atime(),
                change.nodiratime() == null ? nodiratime : change.nodiratime(),
                change.nosymfollow() == null ? nosymfollow : change.nosymfollow(),
                change.lazytime() == null ? lazytime : change.lazytime());
    }

    /** As mount(8) writes them; {@code rw} and {@code relatime} first to last, each word once. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        words.add(readOnly ? "ro" : "rw");
        words.add(suid ? "suid" : "nosuid");
        words.add(dev ? "dev" : "nodev");
        words.add(noexec ? "noexec" : "exec");
        words.add(atime.text());
        if (nodiratime) {
            words.add("nodiratime");
        }
        if (nosymfollow) {
            words.add("nosymfollow");
        }
        if (lazytime) {
            words.add("lazytime");
        }
        return words;
    }
}
