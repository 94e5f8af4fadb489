// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.DiskUpdate;
import io.github.cramdisk.api.FullPolicy;
import io.github.cramdisk.api.FullWait;
import io.github.cramdisk.store.StoreSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EffectiveLimitTest {
    private static final long MIB = 1 << 20;

    private final AtomicLong applied = new AtomicLong();
    private final AtomicBoolean memory = new AtomicBoolean(true);
    private final List<String> told = new ArrayList<>();
    private final DiskEvents events =
            new DiskEvents("d", (kind, severity, subject, arguments) -> told.add(kind.sentence(arguments)));

    private EffectiveLimit limit(DiskSpec spec, long heldBytes) {
        return new EffectiveLimit(spec, bytes -> memory.get(), applied::set, events, heldBytes);
    }

    private static DiskSpec growing() {
        return new DiskSpec(
                "d",
                ByteSize.ofGibi(1),
                CodecSpec.LZ4,
                ByteSize.ofKibi(4),
                ByteSize.ofMebi(64),
                false,
                new FullPolicy(ByteSize.ofMebi(100), FullWait.AUTO));
    }

    @Test
    void risesInStepsToItsLargestAndTellsOfEach() {
        EffectiveLimit limit = limit(growing(), 0);
        assertThat(applied).hasValue(64 * MIB);
        assertThat(limit.raise(64 * MIB)).isTrue();
        assertThat(applied).hasValue(80 * MIB);
        assertThat(limit.raise(80 * MIB)).isTrue();
        assertThat(applied).hasValue(100 * MIB);
        assertThat(limit.raise(100 * MIB)).isFalse();
        assertThat(told).hasSize(2);
        assertThat(told.get(1)).contains("100.0 MiB");
    }

    @Test
    void oneStepServesAllWhoSawTheSameLimit() {
        EffectiveLimit limit = limit(growing(), 0);
        assertThat(limit.raise(64 * MIB)).isTrue();
        assertThat(limit.raise(64 * MIB)).isTrue();
        assertThat(limit.bytes()).isEqualTo(80 * MIB);
    }

    @Test
    void doesNotRiseWhereTheMachineHasNoMemoryOrTheUserDoesNotWantIt() {
        memory.set(false);
        assertThat(limit(growing(), 0).raise(64 * MIB)).isFalse();
        memory.set(true);
        EffectiveLimit none = limit(DiskSpec.of("d", ByteSize.ofGibi(1)), 0);
        assertThat(none.bytes()).isEqualTo(StoreSettings.NO_LIMIT);
        assertThat(none.raise(StoreSettings.NO_LIMIT)).isFalse();
    }

    @Test
    void fallsBackWhenTheDiskHoldsLittleAndBeginsFromWhatItHolds() {
        EffectiveLimit limit = limit(growing(), 90 * MIB);
        assertThat(limit.bytes()).isEqualTo(90 * MIB);
        limit.fall(60 * MIB);
        assertThat(limit.bytes()).isEqualTo(90 * MIB);
        limit.fall(57 * MIB);
        assertThat(limit.bytes()).isEqualTo(64 * MIB);
        assertThat(limit(growing(), 500 * MIB).bytes()).isEqualTo(100 * MIB);
    }

    @Test
    void followsWhatTheUserSets() {
        EffectiveLimit limit = limit(growing(), 90 * MIB);
        limit.change(growing().with(new DiskUpdate(null, ByteSize.ofMebi(70), false, null)));
        assertThat(limit.bytes()).isEqualTo(90 * MIB);
        limit.change(growing().with(new DiskUpdate(null, null, false, null, null, true, null)));
        assertThat(limit.bytes()).isEqualTo(64 * MIB);
        limit.change(growing().with(new DiskUpdate(null, null, true, null)));
        assertThat(applied).hasValue(StoreSettings.NO_LIMIT);
    }
}
