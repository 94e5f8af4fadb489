// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.create.Purpose;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StartOptionsTest {
    @BeforeEach
    void english() {
        Texts.use(Locale.ENGLISH);
    }

    @Test
    void readsEveryOption() throws StartOptions.Refused {
        assertThat(StartOptions.parse(List.of())).isEqualTo(new StartOptions(null, null, false));
        assertThat(StartOptions.parse(List.of("--create"))).isEqualTo(new StartOptions(Purpose.DISK, null, false));
        assertThat(StartOptions.parse(List.of("--create=scratch")))
                .isEqualTo(new StartOptions(Purpose.SCRATCH, null, false));
        assertThat(StartOptions.parse(List.of("--print-timings", "--volume", "--odd")))
                .isEqualTo(new StartOptions(null, "--odd", true));
    }

    @Test
    void saysWhatIsWrong() {
        refused("“--bogus” is not an option", "--bogus");
        refused("“--create=room” is not an option", "--create=room");
        refused("--volume needs the name of a volume", "--volume");
        refused("--volume needs the name of a volume", "--volume", "");
        refused("cannot be given together", "--create", "--volume", "builds");
    }

    private static void refused(String part, String... arguments) {
        assertThatThrownBy(() -> StartOptions.parse(List.of(arguments)))
                .isInstanceOf(StartOptions.Refused.class)
                .hasMessageContaining(part);
    }
}
