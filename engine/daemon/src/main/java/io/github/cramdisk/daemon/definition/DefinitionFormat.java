// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.FullPolicy;
import io.github.cramdisk.api.FullWait;
import io.github.cramdisk.api.SqueezeSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The text of a definition, without I/O:
 *
 * <pre>
 * size = "2G"             # as on the command line, or a number of bytes
 * codec = "zstd:3"        # lz4 when left out
 * block-size = "4K"       # 4K when left out
 * ram-limit = "512M"      # no limit when left out
 * read-only = false       # false when left out
 * grow-to = "1G"          # the RAM limit is fixed when left out
 * when-full = "90s"       # auto when left out
 * </pre>
 *
 * The name is the name of the file. A key that is not known is refused, because a misspelt {@code ram-limit} must not
 * become "no limit".
 */
final class DefinitionFormat {
    private static final String SIZE = "size";
    private static final String CODEC = "codec";
    private static final String BLOCK_SIZE = "block-size";
    private static final String RAM_LIMIT = "ram-limit";
    private static final String READ_ONLY = "read-only";
    private static final String GROW_TO = "grow-to";
    private static final String WHEN_FULL = "when-full";
    private static final String SQUEEZE = "squeeze";
    private static final List<String> KEYS =
            List.of(SIZE, CODEC, BLOCK_SIZE, RAM_LIMIT, READ_ONLY, GROW_TO, WHEN_FULL, SQUEEZE);

    private static final String HEADER = """
            # A compressed RAM disk of Cramdisk, named after this file.
            # The engine reads it when it starts: stop the engine before you edit (cramdisk engine stop).
            """;

    /** Loading it takes as long as reading a few files: only where there is a definition to read. */
    private static final class Mapper {
        static final TomlMapper INSTANCE = new TomlMapper();
    }

    private DefinitionFormat() {}

    static String render(DiskSpec spec) {
        StringBuilder text = new StringBuilder(HEADER);
        appendText(text, SIZE, spec.size().formatExact());
        appendText(text, CODEC, spec.codec().toString());
        appendText(text, BLOCK_SIZE, spec.blockSize().formatExact());
        if (spec.ramLimit() != null) {
            appendText(text, RAM_LIMIT, spec.ramLimit().formatExact());
        }
        if (spec.whenFull().growTo() != null) {
            appendText(text, GROW_TO, spec.whenFull().growTo().formatExact());
        }
        if (!spec.whenFull().fullWait().equals(FullWait.AUTO)) {
            appendText(text, WHEN_FULL, spec.whenFull().fullWait().toString());
        }
        if (!spec.squeeze().equals(SqueezeSpec.defaultFor(spec.codec()))) {
            appendText(text, SQUEEZE, spec.squeeze().toString());
        }
        return text.append(READ_ONLY)
                .append(" = ")
                .append(spec.readOnly())
                .append('\n')
                .toString();
    }

    /** Values need no escapes: sizes, codecs and times are letters, digits and a colon. */
    private static void appendText(StringBuilder text, String key, String value) {
        text.append(key).append(" = \"").append(value).append("\"\n");
    }

    /** @throws DefinitionException when the text is no TOML, has unknown keys or values out of their range */
    static DiskSpec parse(String name, String toml) throws DefinitionException {
        JsonNode table;
        try {
            table = Mapper.INSTANCE.readTree(toml);
        } catch (JsonProcessingException e) {
            String line =
                    e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
            throw new DefinitionException(line + e.getOriginalMessage(), e);
        }
        for (Map.Entry<String, JsonNode> entry : table.properties()) {
            String key = entry.getKey();
            if (!KEYS.contains(key)) {
                throw new DefinitionException(
                        "the key \"" + key + "\" is not known; there are " + String.join(", ", KEYS), null);
            }
        }
        try {
            ByteSize size = size(table, SIZE);
            if (size == null) {
                throw new DefinitionException("the key \"" + SIZE + "\" is missing", null);
            }
            String codec = text(table, CODEC);
            String wait = text(table, WHEN_FULL);
            FullPolicy whenFull =
                    new FullPolicy(size(table, GROW_TO), wait == null ? FullWait.AUTO : FullWait.parse(wait));
            ByteSize blockSize = size(table, BLOCK_SIZE);
            CodecSpec codecSpec = codec == null ? CodecSpec.LZ4 : CodecSpec.parse(codec);
            String squeeze = text(table, SQUEEZE);
            return new DiskSpec(
                    name,
                    size,
                    codecSpec,
                    blockSize == null ? DiskSpec.MIN_BLOCK_SIZE : blockSize,
                    size(table, RAM_LIMIT),
                    flag(table, READ_ONLY),
                    whenFull,
                    squeeze == null ? SqueezeSpec.defaultFor(codecSpec) : SqueezeSpec.parse(squeeze));
        } catch (CramdiskException e) {
            throw new DefinitionException(String.valueOf(e.getMessage()), e);
        }
    }

    private static @Nullable ByteSize size(JsonNode table, String key) throws DefinitionException {
        JsonNode value = table.get(key);
        if (value != null && value.isIntegralNumber() && value.canConvertToLong()) {
            return new ByteSize(value.longValue());
        }
        String text = text(table, key);
        return text == null ? null : ByteSize.parse(text);
    }

    private static @Nullable String text(JsonNode table, String key) throws DefinitionException {
        JsonNode value = table.get(key);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw new DefinitionException("the value of \"" + key + "\" must be in quotes", null);
        }
        return value.textValue();
    }

    private static boolean flag(JsonNode table, String key) throws DefinitionException {
        JsonNode value = table.get(key);
        if (value != null && !value.isBoolean()) {
            throw new DefinitionException("the value of \"" + key + "\" must be true or false", null);
        }
        return value != null && value.booleanValue();
    }
}
