// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ByteSize;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;

/**
 * The value of {@code --ram-limit} and of {@code --grow-to}.
 *
 * @param size null for {@code none}
 */
record RamLimit(@Nullable ByteSize size) {
    static final RamLimit NONE = new RamLimit(null);

    /** Reads a size or {@code none}. */
    static final class Converter implements ITypeConverter<RamLimit> {
        @Override
        public RamLimit convert(String text) {
            return text.toLowerCase(Locale.ROOT).equals("none") ? NONE : new RamLimit(ByteSize.parse(text));
        }
    }
}
