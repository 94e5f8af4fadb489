// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.syscall;

/** swapon(2) and swapoff(2). */
public final class SwapCalls {
    /** Priorities that a swap area can be given; higher ones are used first. */
    public static final int MAX_PRIORITY = 0x7fff;

    /** Lets the kernel choose: below all others, each new one lower. */
    public static final int DEFAULT_PRIORITY = -1;

    private static final int SWAP_FLAG_PREFER = 0x8000;
    private static final int SWAP_FLAG_DISCARD = 0x10000;
    private static final int SWAP_FLAG_DISCARD_ONCE = 0x20000;
    private static final int SWAP_FLAG_DISCARD_PAGES = 0x40000;

    /** When freed pages are told to the device. */
    public enum Discard {
        NONE(0),
        ONCE(SWAP_FLAG_DISCARD | SWAP_FLAG_DISCARD_ONCE),
        PAGES(SWAP_FLAG_DISCARD | SWAP_FLAG_DISCARD_PAGES),
        BOTH(SWAP_FLAG_DISCARD);

        private final int flags;

        Discard(int flags) {
            this.flags = flags;
        }
    }

    private SwapCalls() {}

    /**
     * @param priority 0 to {@link #MAX_PRIORITY}, or {@link #DEFAULT_PRIORITY}
     */
    public static void enable(String device, int priority, Discard discard) throws KernelException {
        int flags = (priority < 0 ? 0 : SWAP_FLAG_PREFER | priority) | discard.flags;
        if (LibC.C.swapon(LibC.text(device), flags) != 0) {
            throw LibC.failure("swapon");
        }
    }

    /** Moves everything back into memory first; {@link Errno#ENOMEM} when that has no room. */
    public static void disable(String device) throws KernelException {
        if (LibC.C.swapoff(LibC.text(device)) != 0) {
            throw LibC.failure("swapoff");
        }
    }
}
