// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FullWaitTest {
    @ParameterizedTest
    @CsvSource({"auto,auto", "WAIT,wait", "fail,fail", "0,fail", "90,90s", "90s,90s", "5m,300s", "24h,86400s"})
    void readsWhatItWrites(String text, String written) {
        FullWait wait = FullWait.parse(text);
        assertThat(wait).hasToString(written);
        assertThat(FullWait.parse(wait.toString())).isEqualTo(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "25h", "86401", "999999999h", "1.5s", "s"})
    void refusesOtherTexts(String text) {
        assertThatThrownBy(() -> FullWait.parse(text))
                .isInstanceOfSatisfying(
                        CramdiskException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_FULL_WAIT));
    }

    @Test
    void theKernelWaitsWithoutEndAndOthersForAWhile() {
        assertThat(FullWait.AUTO.patience(true)).isNull();
        assertThat(FullWait.AUTO.patience(false)).isEqualTo(Duration.ofSeconds(30));
        assertThat(FullWait.FAIL.patience(true)).isZero();
        assertThat(FullWait.WITHOUT_END.patience(false)).isNull();
    }
}
