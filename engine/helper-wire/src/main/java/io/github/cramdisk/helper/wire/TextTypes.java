// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.helper.wire;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.attach.DiskDevice;
import io.github.cramdisk.api.volume.FileMode;
import io.github.cramdisk.api.volume.MemoryPolicy;
import io.github.cramdisk.api.volume.SizeLimit;
import io.github.cramdisk.api.volume.ZramAlgorithm;
import io.github.cramdisk.api.volume.ZramDevice;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** The types that travel as their own text, each with the one function that reads it and checks it. */
final class TextTypes {
    private static final Map<Class<?>, Function<String, Object>> PARSERS = Map.of(
            ByteSize.class, ByteSize::parse,
            SizeLimit.class, SizeLimit::parse,
            FileMode.class, FileMode::parse,
            MemoryPolicy.class, MemoryPolicy::parse,
            ZramAlgorithm.class, ZramAlgorithm::parse,
            ZramDevice.class, ZramDevice::parse,
            DiskDevice.class, DiskDevice::parse,
            UUID.class, UUID::fromString);

    private TextTypes() {}

    static boolean isText(Class<?> type) {
        return PARSERS.containsKey(type);
    }

    static String text(Object value) {
        return value instanceof ByteSize size ? size.formatExact() : value.toString();
    }

    /** @throws RuntimeException of the type's own parser */
    static Object parse(Class<?> type, String text) {
        Function<String, Object> parser = PARSERS.get(type);
        if (parser == null) {
            throw new IllegalArgumentException("no text: " + type);
        }
        return parser.apply(text);
    }
}
