// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How a zram device compresses, with the parameters of the kernel's {@code algorithm_params}: {@code lz4},
 * {@code zstd:level=8}, {@code zstd:dict=/etc/zram.dict,level=8}. Text on the wire.
 *
 * @param name as in {@code comp_algorithm} of the device
 * @param parameters {@code level} (a whole number), {@code dict} (an absolute path) or {@code deflate.winbits}
 */
public record ZramAlgorithm(String name, SortedMap<String, String> parameters) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");
    private static final Map<String, Pattern> PARAMETERS = Map.of(
            "level", Pattern.compile("-?[0-9]{1,9}"),
            "deflate.winbits", Pattern.compile("-?[0-9]{1,2}"),
            "dict", Pattern.compile("/[A-Za-z0-9._/+-]{1,255}"));

    /** @throws CramdiskException {@link ErrorKind#INVALID_ZRAM_OPTION} */
    public ZramAlgorithm {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        if (!NAME.matcher(name).matches()) {
            throw refused(name);
        }
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            Pattern rule = PARAMETERS.get(parameter.getKey());
            if (rule == null || !rule.matcher(parameter.getValue()).matches()) {
                throw refused(name + ":" + parameter);
            }
        }
    }

    public static ZramAlgorithm of(String name) {
        return new ZramAlgorithm(name, Collections.emptySortedMap());
    }

    /** @throws CramdiskException {@link ErrorKind#INVALID_ZRAM_OPTION} */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ZramAlgorithm parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return of(text);
        }
        SortedMap<String, String> parameters = new TreeMap<>();
        for (String parameter : text.substring(colon + 1).split(",", -1)) {
            int equals = parameter.indexOf('=');
            if (equals < 0 || parameters.put(parameter.substring(0, equals), parameter.substring(equals + 1)) != null) {
                throw refused(text);
            }
        }
        return new ZramAlgorithm(text.substring(0, colon), parameters);
    }

    private static CramdiskException refused(String text) {
        return new CramdiskException(
                ErrorKind.INVALID_ZRAM_OPTION,
                "algorithm " + text,
                "Write a name such as lz4, or one with parameters such as zstd:level=8;"
                        + " they are level, dict and deflate.winbits.");
    }

    /** As {@link #parse} reads it. */
    @Override
    @JsonValue
    public String toString() {
        StringBuilder text = new StringBuilder(name);
        char separator = ':';
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            text.append(separator).append(parameter.getKey()).append('=').append(parameter.getValue());
            separator = ',';
        }
        return text.toString();
    }
}
