// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import static io.github.cramdisk.nbd.NbdCommand.BLOCK_STATUS;
import static io.github.cramdisk.nbd.NbdCommand.CACHE;
import static io.github.cramdisk.nbd.NbdCommand.FLUSH;
import static io.github.cramdisk.nbd.NbdCommand.READ;
import static io.github.cramdisk.nbd.NbdCommand.TRIM;
import static io.github.cramdisk.nbd.NbdCommand.WRITE;
import static io.github.cramdisk.nbd.NbdCommand.WRITE_ZEROES;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestRulesTest {
    private static final long HUGE = 0xffffffffL;
    private static final int UNKNOWN_FLAG = 1 << 9;

    private final HugeDevice device = new HugeDevice();
    private final long size = device.sizeBytes();

    @Test
    void acceptsRangesUpToTheVeryEnd() {
        RequestRules rules = rules(false, true, true);
        assertThat(rules.check(READ, 0, size - 1, 1)).isNull();
        assertThat(rules.check(READ, 0, size, 0)).isNull();
        assertThat(rules.check(WRITE, 0, size - NbdLimits.MAXIMUM_PAYLOAD_BYTES, NbdLimits.MAXIMUM_PAYLOAD_BYTES))
                .isNull();
        for (NbdCommand command : new NbdCommand[] {TRIM, CACHE, WRITE_ZEROES, BLOCK_STATUS}) {
            assertThat(rules.check(command, 0, size - HUGE, HUGE)).isNull();
            assertThat(rules.check(command, 0, size - HUGE + 1, HUGE)).isNotNull();
        }
    }

    @Test
    void theFirstFaultInOrderCounts() {
        Export export = new Export("x", "", true, device);
        RequestRules rules = new RequestRules(new Negotiated(export, false, false));
        assertThat(rules.check(null, UNKNOWN_FLAG, -1, HUGE)).isEqualTo(Refusal.UNKNOWN_COMMAND);
        assertThat(rules.check(WRITE, UNKNOWN_FLAG, -1, HUGE)).isEqualTo(Refusal.UNKNOWN_FLAG);
        assertThat(rules.check(READ, TransmissionWire.FLAG_DF, -1, HUGE))
                .isEqualTo(Refusal.DF_WITHOUT_STRUCTURED_REPLIES);
        assertThat(rules.check(BLOCK_STATUS, 0, -1, HUGE)).isEqualTo(Refusal.NO_CONTEXT);
        assertThat(rules.check(WRITE, 0, -1, HUGE)).isEqualTo(Refusal.READ_ONLY);
        assertThat(rules.check(READ, 0, -1, HUGE)).isEqualTo(Refusal.PAYLOAD_TOO_LONG);
        assertThat(rules.check(READ, 0, -1, 1)).isEqualTo(Refusal.BEYOND_END);
        export.shutDown();
        assertThat(rules.check(null, UNKNOWN_FLAG, -1, HUGE)).isEqualTo(Refusal.SHUT_DOWN);
    }

    @Test
    void writesBeyondTheEndLackSpace() {
        RequestRules rules = rules(false, false, false);
        assertThat(rules.check(WRITE, 0, size, 1)).isEqualTo(Refusal.WRITE_BEYOND_END);
        assertThat(rules.check(WRITE_ZEROES, 0, Long.MAX_VALUE, HUGE)).isEqualTo(Refusal.WRITE_BEYOND_END);
        assertThat(rules.check(TRIM, 0, Long.MIN_VALUE, HUGE)).isEqualTo(Refusal.BEYOND_END);
        assertThat(rules.check(FLUSH, 0, 0, 1)).isEqualTo(Refusal.RANGE_ON_FLUSH);
    }

    private RequestRules rules(boolean readOnly, boolean structured, boolean blockStatus) {
        return new RequestRules(new Negotiated(new Export("x", "", readOnly, device), structured, blockStatus));
    }
}
