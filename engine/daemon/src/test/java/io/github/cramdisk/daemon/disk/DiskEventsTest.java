// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DiskEventsTest {
    @Test
    void letsOneEventThroughAndCountsTheOthers() {
        AtomicLong nanos = new AtomicLong(Long.MIN_VALUE);
        DiskEvents.Throttle throttle = new DiskEvents.Throttle(nanos::get);

        assertThat(throttle.pass()).isZero();
        for (int i = 0; i < 1000; i++) {
            assertThat(throttle.pass()).isEqualTo(-1);
        }
        nanos.addAndGet(DiskEvents.QUIET.toNanos());
        assertThat(throttle.pass()).isEqualTo(1000);
        assertThat(throttle.pass()).isEqualTo(-1);
    }
}
