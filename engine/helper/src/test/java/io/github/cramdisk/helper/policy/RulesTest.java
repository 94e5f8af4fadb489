// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.volume.MountFlags;
import io.github.cramdisk.api.volume.MountFlagsChange;
import io.github.cramdisk.api.volume.SizeLimit;
import io.github.cramdisk.api.volume.TmpfsChange;
import io.github.cramdisk.api.volume.TmpfsSpec;
import io.github.cramdisk.api.volume.ZramAlgorithm;
import io.github.cramdisk.api.volume.ZramSpec;
import io.github.cramdisk.host.verb.Caller;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RulesTest {
    private static final long RAM = 8L << 30;
    private static final Caller CALLER = new Caller(1000, 1000);

    @Test
    void aTmpfsWithinTheMemoryIsOrdinary() {
        assertThat(isOrdinary("8G", null, null, "")).isTrue();
        assertThat(isOrdinary("100%", 1000L, 5_000_000L, "noexec,ro")).isTrue();
    }

    @Test
    void whatConcernsOthersIsNot() {
        assertThat(isOrdinary("9G", null, null, "")).isFalse();
        assertThat(isOrdinary("101%", null, null, "")).isFalse();
        assertThat(isOrdinary("unlimited", null, null, "")).isFalse();
        assertThat(isOrdinary("1G", 0L, null, "")).isFalse();
        assertThat(isOrdinary("1G", null, 0L, "")).isFalse();
        assertThat(isOrdinary("1G", null, null, "suid")).isFalse();
        assertThat(isOrdinary("1G", null, null, "dev")).isFalse();
        assertThat(Rules.isOrdinary(TmpfsChange.resize("/x", SizeLimit.parse("unlimited")), CALLER, RAM))
                .isFalse();
    }

    @Test
    void aDictionaryForZramIsAFileThatRootReads() {
        assertThat(Rules.isOrdinary(zram("zstd:level=3"), CALLER)).isTrue();
        assertThat(Rules.isOrdinary(zram("zstd:dict=/etc/shadow"), CALLER)).isFalse();
    }

    @Test
    void aBackingDeviceIsOverwrittenAndTakesWhatIsInMemoryOutOfTheMachine() {
        ZramSpec spec = new ZramSpec(ByteSize.ofMebi(64), null, List.of(), null, null, "/dev/sdb2", null, false);
        assertThat(Rules.isOrdinary(spec, CALLER)).isFalse();
    }

    @Test
    void aGroupOfTheCallerIsTheCallersOwn() {
        TmpfsChange change = new TmpfsChange(
                "/x", null, null, null, null, 2000L, null, null, false, null, false, MountFlagsChange.NONE);
        assertThat(Rules.isOrdinary(change, CALLER, RAM)).isFalse();
        assertThat(Rules.isOrdinary(change, new Caller(1000, 1000, Set.of(2000L)), RAM))
                .isTrue();
    }

    private static ZramSpec zram(String algorithm) {
        return new ZramSpec(ByteSize.ofMebi(64), ZramAlgorithm.parse(algorithm), List.of(), null, null, false);
    }

    private static boolean isOrdinary(String size, @Nullable Long uid, @Nullable Long inodes, String flags) {
        TmpfsSpec spec = new TmpfsSpec(
                "/x",
                false,
                SizeLimit.parse(size),
                inodes,
                null,
                uid,
                null,
                null,
                null,
                false,
                null,
                null,
                null,
                false,
                MountFlags.parse(flags),
                false);
        return Rules.isOrdinary(spec, CALLER, RAM);
    }
}
