// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.create;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import org.jspecify.annotations.Nullable;

/** What a form begins with: what was chosen before it opened, null for all else. */
public record Draft(
        @Nullable ByteSize size,
        @Nullable CodecSpec codec,
        @Nullable ByteSize blockSize) {
    /** Nothing was chosen yet. */
    public static final Draft EMPTY = new Draft(null, null, null);

    public static Draft ofSize(ByteSize size) {
        return new Draft(size, null, null);
    }
}
