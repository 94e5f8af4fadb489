// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TmpfsSpecTest {
    private static final long RAM = 16L << 30;
    private static final long MIB = 1L << 20;

    @ParameterizedTest
    @ValueSource(strings = {"/mnt/ram", "/mnt/a b", "/mnt/ä,ö", "/mnt/...", "/mnt/a\nb", "/mnt/a\\040b"})
    void acceptsAnyPathThatMeansItself(String target) {
        assertThat(RamfsSpec.of(target).target()).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "mnt", "./mnt", "/mnt/", "//mnt", "/mnt//a", "/mnt/../etc", "/mnt/.", "/..", "/a\0b"})
    void refusesPathsThatCouldMeanSomethingElse(String target) {
        assertRefused(ErrorKind.INVALID_TARGET, () -> TmpfsSpec.of(target, SizeLimit.unlimited()));
        assertRefused(ErrorKind.INVALID_TARGET, () -> TmpfsChange.resize(target, SizeLimit.unlimited()));
    }

    @Test
    void refusesPathsThatTheKernelCouldNotTake() {
        MountTarget.check("/" + "x".repeat(4094));
        assertRefused(ErrorKind.INVALID_TARGET, () -> MountTarget.check("/" + "x".repeat(4095)));
    }

    @ParameterizedTest
    @CsvSource({
        "default, default",
        "local, local",
        "prefer:1, prefer:1",
        "prefer, prefer",
        "interleave, interleave",
        "'bind:3,0,1,2,7', 'bind:0-3,7'",
        "bind=static:0-3, bind=static:0-3",
        "'interleave=relative:0,2', 'interleave=relative:0,2'",
    })
    void readsMemoryPolicies(String text, String written) {
        assertThat(MemoryPolicy.parse(text)).hasToString(written);
        assertThat(MemoryPolicy.parse(written)).isEqualTo(MemoryPolicy.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bind",
                "bind:",
                "bind:a",
                "bind:3-1",
                "bind:0-4096",
                "prefer:0,1",
                "local:0",
                "default=static:0",
                "bind=static",
                "bind:0,size=1G",
                "bind=loose:0"
            })
    void refusesOtherMemoryPolicies(String text) {
        assertRefused(ErrorKind.INVALID_TMPFS_OPTION, () -> MemoryPolicy.parse(text));
    }

    @Test
    void refusesOptionsThatNeedOthers() {
        assertRefused(ErrorKind.INVALID_TMPFS_OPTION, () -> new TmpfsQuota(false, false, null, null, null, null));
        assertRefused(
                ErrorKind.INVALID_TMPFS_OPTION,
                () -> new TmpfsQuota(false, true, ByteSize.ofMebi(1), null, null, null));
        assertRefused(ErrorKind.INVALID_TMPFS_OPTION, () -> new TmpfsQuota(true, false, null, 0L, null, null));
        assertRefused(ErrorKind.INVALID_TMPFS_OPTION, () -> HugePages.parse("force"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8", "10000", "rwx", "01777777", "-1"})
    void refusesModesThatAreNotOctal(String mode) {
        assertRefused(ErrorKind.INVALID_MODE, () -> FileMode.parse(mode));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'rw,nosuid,nodev,exec,relatime'",
        "'ro,suid,dev,noexec,noatime', 'ro,suid,dev,noexec,noatime'",
        "'ro,rw,lazytime,nodiratime,nosymfollow', 'rw,nosuid,nodev,exec,relatime,nodiratime,nosymfollow,lazytime'",
    })
    void readsTheOptionsOfEveryMount(String text, String words) {
        assertThat(String.join(",", MountFlags.parse(text).words())).isEqualTo(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"size=1G", "bind", "remount", "user", "nosuid=0", "context=x", "ro suid"})
    void refusesOptionsThatWouldSmuggleSomething(String option) {
        assertRefused(ErrorKind.INVALID_MOUNT_OPTION, () -> MountFlags.parse("noexec," + option));
    }

    private static TmpfsState state(@Nullable Long size, @Nullable Long inodes) {
        return new TmpfsState(size, 10 * MIB, inodes, 50, false, false);
    }

    private static TmpfsChange size(String text) {
        return TmpfsChange.resize("/t", SizeLimit.parse(text));
    }

    private static TmpfsChange other(@Nullable Long inodes, @Nullable Boolean noswap, @Nullable Boolean quota) {
        return new TmpfsChange(
                "/t", null, inodes, null, null, null, null, null, noswap, null, quota, MountFlagsChange.NONE);
    }

    @Test
    void resizesDownToWhatIsUsed() {
        size("10M").check(state(100 * MIB, 100L), RAM);
        size("unlimited").check(state(100 * MIB, 100L), RAM);
        size("200%").check(state(100 * MIB, 100L), RAM);
        assertThatThrownBy(() -> size("9M").check(state(100 * MIB, 100L), RAM))
                .hasMessageContaining("holds 10.0 MiB")
                .hasMessageContaining("choose 10M or more")
                .isInstanceOfSatisfying(
                        CramdiskException.class,
                        e -> assertThat(e.kind()).isEqualTo(ErrorKind.SIZE_TOO_SMALL_FOR_USED));
    }

    @Test
    void tellsWhatTheKernelNeverDoesOnARemount() {
        assertRefused(ErrorKind.TMPFS_CANNOT_CHANGE, () -> size("1G").check(state(null, 100L), RAM));
        size("unlimited").check(state(null, 100L), RAM);
        assertRefused(
                ErrorKind.TMPFS_CANNOT_CHANGE, () -> other(100L, null, null).check(state(MIB, null), RAM));
        assertRefused(
                ErrorKind.TMPFS_CANNOT_CHANGE, () -> other(49L, null, null).check(state(MIB, 100L), RAM));
        other(50L, null, null).check(state(MIB, 100L), RAM);
        other(0L, null, null).check(state(MIB, 100L), RAM);
        assertRefused(
                ErrorKind.TMPFS_CANNOT_CHANGE, () -> other(null, true, null).check(state(MIB, 100L), RAM));
        other(null, false, null).check(state(MIB, 100L), RAM);
        assertRefused(
                ErrorKind.TMPFS_CANNOT_CHANGE, () -> other(null, null, true).check(state(MIB, 100L), RAM));
    }

    private static void assertRefused(ErrorKind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CramdiskException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
