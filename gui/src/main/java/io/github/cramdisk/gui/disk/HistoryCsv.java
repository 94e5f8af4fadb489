// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.api.insight.Series;
import io.github.cramdisk.api.insight.VolumeHistory;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A past as a table: a line for each step that is known, times in UTC, plain numbers that every program reads. */
final class HistoryCsv {
    private HistoryCsv() {}

    static String of(VolumeHistory history) {
        Map<String, Series> columns = new LinkedHashMap<>();
        columns.put("logical_bytes", history.logicalBytes());
        columns.put("stored_bytes", history.storedBytes());
        columns.put("resident_bytes", history.residentBytes());
        columns.put("limit_bytes", history.limitBytes());
        add(columns, "read", history.read());
        add(columns, "write", history.write());
        StringBuilder text = new StringBuilder("time");
        columns.keySet().forEach(name -> text.append(',').append(name));
        text.append('\n');
        for (int step = 0; step < history.size(); step++) {
            if (!history.isKnown(step)) {
                continue;
            }
            text.append(Instant.ofEpochMilli(history.timeMillis(step)));
            for (Series column : columns.values()) {
                long value = column.get(step);
                text.append(',').append(value == VolumeHistory.UNKNOWN ? "" : Long.toString(value));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static void add(Map<String, Series> columns, String direction, VolumeHistory.Traffic traffic) {
        if (traffic.bytes().size() > 0) {
            columns.put(direction + "_bytes", traffic.bytes());
            columns.put(direction + "_operations", traffic.operations());
            columns.put(direction + "_p50_nanos", traffic.p50Nanos());
            columns.put(direction + "_p99_nanos", traffic.p99Nanos());
            columns.put(direction + "_p999_nanos", traffic.p999Nanos());
        }
    }
}
