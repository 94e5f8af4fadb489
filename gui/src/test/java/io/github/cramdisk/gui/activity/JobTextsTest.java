// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.job.JobKind;
import io.github.cramdisk.gui.common.Texts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobTextsTest {
    @ParameterizedTest
    @EnumSource
    void everyJobHasItsText(JobKind kind) {
        assertThat(Texts.of("activity.job." + kind.text(), "scratch")).contains("scratch");
    }
}
