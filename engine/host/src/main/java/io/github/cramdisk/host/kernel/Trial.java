// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.kernel;

import io.github.cramdisk.host.syscall.Errno;
import io.github.cramdisk.host.syscall.FilesystemContext;
import io.github.cramdisk.host.syscall.KernelException;
import org.jspecify.annotations.Nullable;

/** Asks the kernel itself, in ways that change nothing. */
interface Trial {
    /** What the kernel answered. */
    enum Answer {
        YES,
        NO,
        /** This user may not ask, or the kernel has no way to be asked. */
        UNKNOWN
    }

    /** Whether fsopen(2) is there. */
    Answer newMountApi();

    /** Whether a tmpfs takes an option; {@code value} null for one without. */
    Answer tmpfsOption(String key, @Nullable String value);

    /** Tries on filesystems in the making, which nobody ever sees mounted: more private than any mount namespace. */
    Trial REAL = new Trial() {
        @Override
        public Answer newMountApi() {
            try {
                FilesystemContext.open("tmpfs").close();
                return Answer.YES;
            } catch (KernelException e) {
                // Who may not use it is told so only after it was found to be there.
                return e.errno() == Errno.ENOSYS ? Answer.NO : Answer.YES;
            }
        }

        @Override
        public Answer tmpfsOption(String key, @Nullable String value) {
            try (FilesystemContext context = FilesystemContext.open("tmpfs")) {
                if (value == null) {
                    context.setFlag(key);
                } else {
                    context.set(key, value);
                }
                context.create();
                return Answer.YES;
            } catch (KernelException e) {
                return e.errno() == Errno.EINVAL ? Answer.NO : Answer.UNKNOWN;
            }
        }
    };

    /** Knows nothing: for recorded trees. */
    Trial NONE = new Trial() {
        @Override
        public Answer newMountApi() {
            return Answer.UNKNOWN;
        }

        @Override
        public Answer tmpfsOption(String key, @Nullable String value) {
            return Answer.UNKNOWN;
        }
    };
}
