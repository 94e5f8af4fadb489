// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.nbd;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.attach.DiskDevice;
import java.util.regex.Pattern;

/**
 * A disk that was given to the kernel, and for whom.
 *
 * @param disk name of the disk
 * @param engine by which an engine knows its own disks from those of others of its user: its arena directory
 * @param uid whose engine serves it
 * @param identifier what the kernel was told about the device; no two are alike
 */
public record AttachedDisk(DiskDevice device, String disk, String engine, long uid, String identifier) {
    private static final Pattern DISK = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern ENGINE = Pattern.compile("/[^\\p{Cntrl}]{0,1023}");
    private static final Pattern IDENTIFIER = Pattern.compile("cramdisk-[0-9a-f-]{36}");

    /** @throws CramdiskException {@link ErrorKind#INVALID_ARGUMENT} */
    public AttachedDisk {
        check(disk, engine);
        if (!isIdentifier(identifier)) {
            throw new CramdiskException(ErrorKind.INVALID_ARGUMENT, "That is no identifier of a device.");
        }
    }

    static boolean isIdentifier(String text) {
        return IDENTIFIER.matcher(text).matches();
    }

    static void check(String disk, String engine) {
        if (!DISK.matcher(disk).matches() || !ENGINE.matcher(engine).matches()) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ARGUMENT, "A disk of an engine has a name and the path of its memory.");
        }
    }
}
