// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/** Has the kernel push the beginning of a file of a tmpfs out into swap, as it does when memory is short. */
final class PageOut {
    private static final int MADV_PAGEOUT = 21;

    private PageOut() {}

    /** Public because jnr-ffi implements it from another package. */
    public interface Functions {
        int madvise(Pointer address, long bytes, int advice);
    }

    static void of(Path file, long bytes) throws IOException {
        Functions c = LibraryLoader.create(Functions.class).load("c");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes).load();
            Pointer address = Pointer.wrap(Runtime.getRuntime(c), mapped);
            if (c.madvise(address, bytes, MADV_PAGEOUT) != 0) {
                throw new IOException("madvise(MADV_PAGEOUT) was refused for " + file);
            }
        }
    }
}
