// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The commands of the transmission phase ("Request types" in the protocol document). */
public enum NbdCommand {
    READ(0, TransmissionWire.FLAG_DF, false),
    WRITE(1, 0, true),
    DISC(2, 0xffff, false),
    FLUSH(3, 0, false),
    TRIM(4, 0, true),
    CACHE(5, 0, false),
    WRITE_ZEROES(6, TransmissionWire.FLAG_NO_HOLE | TransmissionWire.FLAG_FAST_ZERO, true),
    BLOCK_STATUS(7, TransmissionWire.FLAG_REQ_ONE, false);

    private static final NbdCommand[] BY_TYPE = values();

    private final int type;
    private final int allowedFlags;
    private final boolean modifies;

    NbdCommand(int type, int ownFlags, boolean modifies) {
        this.type = type;
        // "Command flags", bit 0: a server that offers FUA accepts it on every command.
        this.allowedFlags = ownFlags | TransmissionWire.FLAG_FUA;
        this.modifies = modifies;
    }

    /** The number on the wire. */
    public int type() {
        return type;
    }

    /** As people and programs call it: {@code write_zeroes}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean allowsFlags(int flags) {
        return (flags & ~allowedFlags) == 0;
    }

    boolean modifies() {
        return modifies;
    }

    /** The command with this number on the wire, or null. */
    static @Nullable NbdCommand ofType(int type) {
        return type >= 0 && type < BY_TYPE.length ? BY_TYPE[type] : null;
    }
}
