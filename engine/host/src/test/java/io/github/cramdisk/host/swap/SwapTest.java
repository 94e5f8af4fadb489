// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.swap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.host.RecordedMachine;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwapTest {
    @Test
    void readsPartitionsAndFiles() throws IOException {
        assertThat(SwapArea.read(RecordedMachine.ROOT))
                .containsExactly(
                        new SwapArea("/dev/vda5", true, 1998844L << 10, 1 << 20, -2),
                        new SwapArea("/dev/zram10", true, 4194300L << 10, 0, 100),
                        new SwapArea("/swap file (deleted) ", false, 1048572L << 10, 4096, -3));
    }

    @Test
    void findsNoneWhereTheKernelHasNoSwap(@TempDir Path root) throws IOException {
        assertThat(SwapArea.read(root)).isEmpty();
    }

    @Test
    void readsZswap() throws IOException {
        assertThat(Zswap.read(RecordedMachine.ROOT))
                .contains(new Zswap(true, "zstd", 20, false, 50L << 20, 200L << 20));
    }

    @Test
    void findsNoZswapWhereTheKernelHasNone(@TempDir Path root) throws IOException {
        assertThat(Zswap.read(root)).isEmpty();
    }
}
