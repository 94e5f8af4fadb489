// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.cramdisk.api.volume.KernelFeature;
import io.github.cramdisk.api.volume.KernelSupport;
import io.github.cramdisk.host.RecordedMachine;
import io.github.cramdisk.host.mount.MountTable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelProbeTest {
    @Test
    void goesByReleaseAndConfigurationWhereTheKernelCannotBeAsked() throws IOException {
        KernelSupport support = new KernelProbe(RecordedMachine.ROOT, Trial.NONE).probe();

        assertThat(support.release()).isEqualTo("6.12.57-amd64");
        assertThat(support.features())
                .containsExactlyInAnyOrder(
                        KernelFeature.TMPFS,
                        KernelFeature.RAMFS,
                        KernelFeature.ZRAM,
                        KernelFeature.NBD,
                        KernelFeature.NEW_MOUNT_API,
                        KernelFeature.MOUNT_SETATTR,
                        KernelFeature.NOSYMFOLLOW,
                        KernelFeature.TMPFS_HUGE,
                        KernelFeature.TMPFS_MPOL,
                        KernelFeature.TMPFS_NOSWAP,
                        KernelFeature.TMPFS_INODE64,
                        KernelFeature.TMPFS_QUOTA,
                        KernelFeature.ZRAM_RECOMPRESSION,
                        KernelFeature.ZRAM_WRITEBACK,
                        KernelFeature.ZRAM_ALGORITHM_PARAMETERS);
        assertThat(support.zramAlgorithms()).containsExactly("lzo-rle", "lzo", "lz4", "zstd");
        // xfs is a module here, but there is no mkfs.xfs.
        assertThat(support.filesystems()).containsExactly("ext4", "btrfs");
        assertThat(support.numaNodes()).containsExactly(0, 1, 4);
    }

    @Test
    void believesTheKernelMoreThanItsConfiguration() throws IOException {
        KernelSupport support = new KernelProbe(RecordedMachine.ROOT, new Trial() {
                    @Override
                    public Answer newMountApi() {
                        return Answer.NO;
                    }

                    @Override
                    public Answer tmpfsOption(String key, @Nullable String value) {
                        return key.equals("casefold") ? Answer.YES : Answer.NO;
                    }
                })
                .probe();

        assertThat(support.features())
                .contains(KernelFeature.TMPFS_CASEFOLD)
                .doesNotContain(KernelFeature.TMPFS_NOSWAP, KernelFeature.TMPFS_QUOTA, KernelFeature.NEW_MOUNT_API);
    }

    @Test
    void probesThisMachineAndLeavesNothing() throws IOException {
        int mounts = MountTable.read(Path.of("/")).entries().size();
        KernelSupport support = new KernelProbe().probe();

        assertThat(support.has(KernelFeature.TMPFS)).isTrue();
        assertThat(MountTable.read(Path.of("/")).entries()).hasSize(mounts);
        System.out.println(support);
    }

    @ParameterizedTest
    @CsvSource({"6.18.44-fc-v669,6,18", "5.2,5,2", "4.19.0-27-amd64,4,19", "7.0-rc1,7,0", "weird,0,0"})
    void readsReleases(String text, int major, int minor) {
        assertThat(KernelRelease.parse(text)).isEqualTo(new KernelRelease(major, minor));
    }

    @Test
    void comparesReleases() {
        KernelRelease release = KernelRelease.parse("6.4.1");

        assertThat(release.isAtLeast(6, 4)).isTrue();
        assertThat(release.isAtLeast(5, 19)).isTrue();
        assertThat(release.isAtLeast(6, 5)).isFalse();
        assertThat(release.isAtLeast(7, 0)).isFalse();
    }

    @Test
    void readsHugePages() throws IOException {
        assertThat(HugePageSupport.read(RecordedMachine.ROOT)).contains(new HugePageSupport(2 << 20, "never"));
        assertThat(new HugePageSupport(2 << 20, "deny").allowed()).isFalse();
    }

    @Test
    void refusesAListOfNodesThatIsNone() {
        assertThatIOException().isThrownBy(() -> NumaNodes.parse("0-x"));
    }
}
