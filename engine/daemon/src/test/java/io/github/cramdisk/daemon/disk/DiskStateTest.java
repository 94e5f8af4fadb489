// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DiskStateTest {
    @Test
    void walksTheWholeLifeOfADisk() {
        DiskState state = DiskState.OPENING
                .moveTo(DiskState.SERVING)
                .moveTo(DiskState.RESETTING)
                .moveTo(DiskState.SERVING)
                .moveTo(DiskState.REMOVING)
                .moveTo(DiskState.REMOVED);

        assertThat(state.isListed()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(DiskState.class)
    void staysGoneOnceRemovedOrClosed(DiskState target) {
        assertThatThrownBy(() -> DiskState.REMOVED.moveTo(target)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> DiskState.CLOSED.moveTo(target)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void neverServesWhatCannotBeTrusted() {
        assertThatThrownBy(() -> DiskState.UNUSABLE.moveTo(DiskState.SERVING))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("UNUSABLE to SERVING");
    }
}
