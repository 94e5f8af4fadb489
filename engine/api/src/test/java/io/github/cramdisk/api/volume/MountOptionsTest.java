// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MountOptionsTest {
    @Test
    void nothingAskedForIsTheDefault() {
        assertThat(MountOptions.parse("")).isEqualTo(new MountOptions(MountFlags.DEFAULT, List.of(), false));
    }

    @Test
    void optionsOfEveryMountAreKeptApartFromThoseOfTheFilesystem() {
        MountOptions options = MountOptions.parse("noatime, compress=zstd,noexec,nodiscard,discard");
        assertThat(options.flags()).isEqualTo(MountFlags.parse("noatime,noexec"));
        assertThat(options.own()).containsExactly("compress=zstd");
        assertThat(options.noDiscard()).isTrue();
    }

    @Test
    void aUserIsANumberOrAName() {
        assertThat(PrincipalId.isWellFormed("1000")).isTrue();
        assertThat(PrincipalId.isWellFormed("www-data")).isTrue();
        assertThat(PrincipalId.isWellFormed("no such user")).isFalse();
        assertThat(PrincipalId.user("root")).isEqualTo(new PrincipalId(0));
        assertThat(PrincipalId.user("1234")).isEqualTo(new PrincipalId(1234));
    }
}
