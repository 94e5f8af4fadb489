// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.disk;

import io.github.cramdisk.api.DiskStats.CommandCounts;
import io.github.cramdisk.nbd.CommandCounters.Tally;
import io.github.cramdisk.nbd.Export;
import io.github.cramdisk.nbd.NbdCommand;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts of NBD commands of a disk over all its exports: a reset gives it a new one, and its counts go on. Immutable. */
final class CommandTotals {
    static final CommandTotals NONE = new CommandTotals(Map.of());

    /** The end of a session is no request that is counted. */
    private static final EnumSet<NbdCommand> COUNTED = EnumSet.complementOf(EnumSet.of(NbdCommand.DISC));

    private final Map<String, CommandCounts> byName;

    private CommandTotals(Map<String, CommandCounts> byName) {
        this.byName = byName;
    }

    /** These totals and what the export has counted. */
    CommandTotals plus(@Nullable Export export) {
        Map<String, CommandCounts> sums = new TreeMap<>();
        for (NbdCommand command : COUNTED) {
            String name = command.text();
            CommandCounts before = byName.getOrDefault(name, new CommandCounts(0, 0, 0));
            Tally now = export == null ? new Tally(0, 0, 0) : export.counters().tally(command);
            sums.put(
                    name,
                    new CommandCounts(
                            before.operations() + now.operations(),
                            before.bytes() + now.bytes(),
                            before.errors() + now.errors()));
        }
        return new CommandTotals(Collections.unmodifiableMap(sums));
    }

    Map<String, CommandCounts> byName() {
        return byName;
    }
}
