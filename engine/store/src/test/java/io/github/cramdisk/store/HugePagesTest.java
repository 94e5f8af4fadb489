// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HugePagesTest {
    private static final String ROOT = "21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n";

    @ParameterizedTest
    @CsvSource({"huge=advise,true", "huge=within_size,true", "huge=always,true", "huge=never,false", "inode64,false"})
    void areOfferedByATmpfsThatWasMountedForThem(String option, boolean offered) {
        String mounts = ROOT + "30 21 0:25 / /dev/shm rw,nosuid - tmpfs tmpfs rw,size=1024k," + option + "\n";
        assertThat(HugePages.offeredBy(Path.of("/dev/shm/cramdisk-1000"), mounts))
                .isEqualTo(offered);
        assertThat(HugePages.offeredBy(Path.of("/dev"), mounts)).isFalse();
    }

    @Test
    void theMountThatIsSeenCounts() {
        String mounts = ROOT
                + "30 21 0:25 / /run rw - tmpfs tmpfs rw,huge=always\n"
                + "31 30 0:26 / /run/cramdisk/arena-0 rw - tmpfs tmpfs rw\n"
                + "32 30 0:27 / /run/cramdisk/arena-1 rw - tmpfs tmpfs rw\n"
                + "33 32 0:28 / /run/cramdisk/arena-1 rw - tmpfs tmpfs rw,huge=advise\n";
        assertThat(HugePages.offeredBy(Path.of("/run/cramdisk/arena-0"), mounts))
                .isFalse();
        assertThat(HugePages.offeredBy(Path.of("/run/cramdisk/arena-1"), mounts))
                .isTrue();
        assertThat(HugePages.offeredBy(Path.of("/run/other"), mounts)).isTrue();
    }
}
