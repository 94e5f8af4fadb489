// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.insight;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** A row of whole numbers, immutable: an array on the wire, without an object for each number. */
public final class Series {
    public static final Series EMPTY = new Series(new long[0]);

    private final long[] values;

    private Series(long[] values) {
        this.values = values;
    }

    @JsonCreator
    public static Series of(long... values) {
        return new Series(values.clone());
    }

    public int size() {
        return values.length;
    }

    /** Number {@code index}, 0 the first. */
    public long get(int index) {
        return values[index];
    }

    /** The largest; 0 for an empty row. */
    public long max() {
        return Arrays.stream(values).max().orElse(0);
    }

    public long sum() {
        return Arrays.stream(values).sum();
    }

    @JsonValue
    public long[] toArray() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Series series && Arrays.equals(values, series.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
