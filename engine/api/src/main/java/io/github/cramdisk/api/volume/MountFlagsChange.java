// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import org.jspecify.annotations.Nullable;

/** Changes to {@link MountFlags}, with the same meaning; null leaves a flag as it is. */
public record MountFlagsChange(
        @Nullable Boolean readOnly,
        @Nullable Boolean suid,
        @Nullable Boolean dev,
        @Nullable Boolean noexec,
        @Nullable Atime atime,
        @Nullable Boolean nodiratime,
        @Nullable Boolean nosymfollow,
        @Nullable Boolean lazytime) {
    /** Changes nothing. */
    public static final MountFlagsChange NONE = new MountFlagsChange(null, null, null, null, null, null, null, null);

    /** Whether {@code word} is one of the generic options of mount(8). */
    public static boolean isFlag(String word) {
        try {
            NONE.and(word);
            return true;
        } catch (CramdiskException e) {
            return false;
        }
    }

    /**
     * Reads options of mount(8), comma-separated, such as {@code ro,noexec,noatime}; of two that contradict each other
     * the last wins, as there.
     *
     * @throws CramdiskException {@link ErrorKind#INVALID_MOUNT_OPTION}
     */
    public static MountFlagsChange parse(String options) {
        MountFlagsChange change = NONE;
        for (String word : options.split(",", -1)) {
            change = change.and(word.strip());
        }
        return change;
    }

    private MountFlagsChange and(String word) {
        return switch (word) {
            case "", "defaults" -> this;
            case "ro" -> withReadOnly(true);
            case "rw" -> withReadOnly(false);
            case "suid" -> withSuid(true);
            case "nosuid" -> withSuid(false);
            case "dev" -> withDev(true);
            case "nodev" -> withDev(false);
            case "noexec" -> withNoexec(true);
            case "exec" -> withNoexec(false);
            case "noatime", "relatime", "strictatime" -> withAtime(Atime.parse(word));
            case "nodiratime" -> withNoDirAtime(true);
            case "diratime" -> withNoDirAtime(false);
            case "nosymfollow" -> withNoSymFollow(true);
            case "symfollow" -> withNoSymFollow(false);
            case "lazytime" -> withLazyTime(true);
            case "nolazytime" -> withLazyTime(false);
            default -> throw new CramdiskException(ErrorKind.INVALID_MOUNT_OPTION, word);
        };
    }

    private MountFlagsChange withReadOnly(boolean value) {
        return new MountFlagsChange(value, suid, dev, noexec, atime, nodiratime, nosymfollow, lazytime);
    }

    private MountFlagsChange withSuid(boolean value) {
        return new MountFlagsChange(readOnly, value, dev, noexec, atime, nodiratime, nosymfollow, lazytime);
    }

    private MountFlagsChange withDev(boolean value) {
        return new MountFlagsChange(readOnly, suid, value, noexec, atime, nodiratime, nosymfollow, lazytime);
    }

    private MountFlagsChange withNoexec(boolean value) {
        return new MountFlagsChange(readOnly, suid, dev, value, atime, nodiratime, nosymfollow, lazytime);
    }

    private MountFlagsChange withAtime(Atime value) {
        return new MountFlagsChange(readOnly, suid, dev, noexec, value, nodiratime, nosymfollow, lazytime);
    }

    private MountFlagsChange withNoDirAtime(boolean value) {
        return new MountFlagsChange(readOnly, suid, dev, noexec, atime, value, nosymfollow, lazytime);
    }

    private MountFlagsChange withNoSymFollow(boolean value) {
        return new MountFlagsChange(readOnly, suid, dev, noexec, atime, nodiratime, value, lazytime);
    }

    private MountFlagsChange withLazyTime(boolean value) {
        return new MountFlagsChange(readOnly, suid, dev, noexec, atime, nodiratime, nosymfollow, value);
    }

    @JsonIgnore
    public boolean isEmpty() {
        return equals(NONE);
    }
}
