// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiskSpecTest {
    private static final ByteSize GIB = ByteSize.ofGibi(1);

    @ParameterizedTest
    @ValueSource(strings = {"t", "0", "scratch-1.img", "A_b"})
    void acceptsPlainNames(String name) {
        assertThat(DiskSpec.of(name, GIB).name()).isEqualTo(name);
    }

    @Test
    void acceptsSixtyFourLettersAndNoMore() {
        DiskSpec.of("x".repeat(64), GIB);
        assertRefused(ErrorKind.INVALID_NAME, () -> DiskSpec.of("x".repeat(65), GIB));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "-t", "_t", "a/b", "a b", "ä", "a\n", "a\0", "../etc"})
    void refusesNamesThatCouldMeanSomethingElse(String name) {
        assertRefused(ErrorKind.INVALID_NAME, () -> DiskSpec.of(name, GIB));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4K", "12K", "1G", "16T"})
    void acceptsSizesInSteps(String size) {
        assertThat(DiskSpec.of("t", ByteSize.parse(size)).size()).isEqualTo(ByteSize.parse(size));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "4095", "4097", "6K", "17T", "8191P"})
    void refusesOtherSizes(String size) {
        assertRefused(ErrorKind.INVALID_DISK_SIZE, () -> DiskSpec.of("t", ByteSize.parse(size)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1K", "2K", "5K", "12K", "128K"})
    void refusesOtherBlockSizes(String blockSize) {
        assertRefused(
                ErrorKind.INVALID_BLOCK_SIZE,
                () -> new DiskSpec("t", GIB, CodecSpec.LZ4, ByteSize.parse(blockSize), null, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4K", "8K", "16K", "32K", "64K"})
    void acceptsBlockSizes(String blockSize) {
        new DiskSpec("t", GIB, CodecSpec.LZ4, ByteSize.parse(blockSize), null, false);
    }

    @Test
    void refusesRamLimitsThatHoldNothing() {
        ByteSize tooSmall = new ByteSize(DiskSpec.MIN_RAM_LIMIT.bytes() - 1);
        assertRefused(
                ErrorKind.INVALID_RAM_LIMIT,
                () -> new DiskSpec("t", GIB, CodecSpec.LZ4, DiskSpec.MIN_BLOCK_SIZE, tooSmall, false));
        assertRefused(ErrorKind.INVALID_RAM_LIMIT, () -> new DiskUpdate(null, tooSmall, false, null));
    }

    @Test
    void appliesAnUpdateAndKeepsTheRest() {
        DiskSpec spec = new DiskSpec("t", GIB, CodecSpec.LZ4, ByteSize.ofKibi(16), ByteSize.ofMebi(64), false);
        DiskSpec updated = spec.with(new DiskUpdate(CodecSpec.zstd(9), null, true, null));
        assertThat(updated).isEqualTo(new DiskSpec("t", GIB, CodecSpec.zstd(9), ByteSize.ofKibi(16), null, false));
        assertThat(spec.with(new DiskUpdate(null, null, false, null))).isEqualTo(spec);
    }

    @Test
    void aRamLimitIsNotSetAndRemovedAtOnce() {
        assertRefused(ErrorKind.INVALID_ARGUMENT, () -> new DiskUpdate(null, ByteSize.ofMebi(64), true, null));
    }

    private static void assertRefused(ErrorKind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CramdiskException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void aLimitGrowsOnlyToMoreThanItIs() {
        FullPolicy toOneGibi = new FullPolicy(ByteSize.ofGibi(1), FullWait.AUTO);
        for (ByteSize limit : new ByteSize[] {null, ByteSize.ofGibi(1), ByteSize.ofGibi(2)}) {
            assertThatThrownBy(() -> new DiskSpec(
                            "d", ByteSize.ofGibi(4), CodecSpec.LZ4, ByteSize.ofKibi(4), limit, false, toOneGibi))
                    .isInstanceOfSatisfying(
                            CramdiskException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_GROWTH));
        }
    }

    @Test
    void aLimitRaisedToWhereItMayGrowIsFixed() {
        DiskSpec growing = new DiskSpec(
                "d",
                ByteSize.ofGibi(4),
                CodecSpec.LZ4,
                ByteSize.ofKibi(4),
                ByteSize.ofMebi(512),
                false,
                new FullPolicy(ByteSize.ofGibi(1), FullWait.FAIL));

        assertThat(growing.with(limit(ByteSize.ofMebi(600))).whenFull()).isEqualTo(growing.whenFull());
        assertThat(growing.with(limit(ByteSize.ofGibi(1))).whenFull()).isEqualTo(new FullPolicy(null, FullWait.FAIL));
        assertThat(growing.with(new DiskUpdate(null, null, true, null))
                        .whenFull()
                        .growTo())
                .isNull();
        assertThat(growing.with(new DiskUpdate(null, null, false, null, null, true, FullWait.AUTO))
                        .whenFull())
                .isEqualTo(FullPolicy.DEFAULT);
    }

    private static DiskUpdate limit(ByteSize limit) {
        return new DiskUpdate(null, limit, false, null);
    }

    @Test
    void anotherSizeKeepsEverythingElse() {
        DiskSpec spec = new DiskSpec(
                "d",
                ByteSize.ofGibi(4),
                CodecSpec.NONE,
                ByteSize.ofKibi(64),
                ByteSize.ofMebi(512),
                true,
                new FullPolicy(ByteSize.ofGibi(1), FullWait.FAIL),
                SqueezeSpec.parse("zstd:5"));
        DiskSpec larger = spec.withSize(ByteSize.ofGibi(8));
        assertThat(larger.size()).isEqualTo(ByteSize.ofGibi(8));
        assertThat(larger.withSize(ByteSize.ofGibi(4))).isEqualTo(spec);
    }
}
