// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.definition;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.volume.RamfsSpec;
import io.github.cramdisk.api.volume.TmpfsSpec;
import io.github.cramdisk.api.volume.VolumeKind;
import io.github.cramdisk.api.volume.ZramDevice;
import io.github.cramdisk.api.volume.ZramSpec;
import io.github.cramdisk.daemon.definition.VolumeDefinition.Spec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The text of a volume's definition, without I/O:
 *
 * <pre>
 * kind = "tmpfs"                # tmpfs, ramfs or zram
 * boot-id = "5b0c..."           # when it was last made, as device and sequence: written by the engine
 * volume.target = "/mnt/ram"    # the specification, with the names of the API
 * volume.size = "50%"
 * volume.flags.noexec = true
 * </pre>
 *
 * What is left out is null, false or empty. A key that is not known is refused, because a misspelt limit must not
 * become "no limit".
 */
final class VolumeFormat {
    private static final String KIND = "kind";
    private static final String BOOT_ID = "boot-id";
    private static final String DEVICE = "device";
    private static final String SEQUENCE = "sequence";
    private static final String VOLUME = "volume";
    private static final List<String> KEYS = List.of(KIND, BOOT_ID, DEVICE, SEQUENCE, VOLUME);

    private static final String HEADER = """
            # A volume in memory of Cramdisk, made again after each start of the machine.
            # The engine reads this when it starts: stop the engine before you edit (cramdisk engine stop).
            """;

    /** Loading it takes as long as reading a few files: only where there is a definition. */
    private static final class Mapper {
        static final TomlMapper INSTANCE = TomlMapper.builder()
                .addModule(new SimpleModule()
                        .addSerializer(new SizeWriter())
                        .addDeserializer(ByteSize.class, new SizeReader()))
                .build();
    }

    private static final class SizeWriter extends StdSerializer<ByteSize> {
        SizeWriter() {
            super(ByteSize.class);
        }

        @Override
        public void serialize(ByteSize size, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(size.formatExact());
        }
    }

    private static final class SizeReader extends StdDeserializer<ByteSize> {
        SizeReader() {
            super(ByteSize.class);
        }

        @Override
        public ByteSize deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return in.currentToken().isNumeric() ? new ByteSize(in.getLongValue()) : ByteSize.parse(in.getText());
        }
    }

    private VolumeFormat() {}

    static String render(VolumeDefinition definition) {
        ObjectNode table = Mapper.INSTANCE.createObjectNode();
        table.put(KIND, definition.spec().kind().text());
        table.put(BOOT_ID, definition.bootId());
        if (definition.device() != null) {
            table.put(DEVICE, definition.device().toString());
            table.put(SEQUENCE, definition.sequence());
        }
        JsonNode volume = Mapper.INSTANCE.valueToTree(content(definition.spec()));
        removeDefaults(volume);
        table.set(VOLUME, volume);
        try {
            return HEADER + Mapper.INSTANCE.writeValueAsString(table);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a definition cannot be written as TOML", e);
        }
    }

    private static Object content(Spec spec) {
        if (spec instanceof Spec.Tmpfs tmpfs) {
            return tmpfs.spec();
        }
        return spec instanceof Spec.Ramfs ramfs ? ramfs.spec() : ((Spec.Zram) spec).spec();
    }

    /** TOML has no null, and nobody needs to read a long list of what was not asked for. */
    private static void removeDefaults(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> entry : new ArrayList<>(object.properties())) {
                JsonNode value = entry.getValue();
                removeDefaults(value);
                boolean isDefault = value.isNull()
                        || (value.isBoolean() && !value.booleanValue())
                        || (value.isContainerNode() && value.isEmpty());
                if (isDefault) {
                    object.remove(entry.getKey());
                }
            }
        }
    }

    /** @throws DefinitionException when the text is no TOML, has unknown keys or values out of their range */
    static VolumeDefinition parse(String id, String toml) throws DefinitionException {
        try {
            JsonNode table = Mapper.INSTANCE.readTree(toml);
            for (Map.Entry<String, JsonNode> entry : table.properties()) {
                if (!KEYS.contains(entry.getKey())) {
                    throw new DefinitionException(
                            "the key \"" + entry.getKey() + "\" is not known; there are " + String.join(", ", KEYS),
                            null);
                }
            }
            JsonNode volume = table.path(VOLUME);
            if (!volume.isObject()) {
                throw new DefinitionException("there is no \"" + VOLUME + "\"", null);
            }
            Spec spec = switch (VolumeKind.parse(table.path(KIND).asText())) {
                case TMPFS -> new Spec.Tmpfs(Mapper.INSTANCE.treeToValue(volume, TmpfsSpec.class));
                case RAMFS -> new Spec.Ramfs(Mapper.INSTANCE.treeToValue(volume, RamfsSpec.class));
                case ZRAM -> new Spec.Zram(Mapper.INSTANCE.treeToValue(volume, ZramSpec.class));
                default -> throw new DefinitionException("the kind must be \"tmpfs\", \"ramfs\" or \"zram\"", null);
            };
            return new VolumeDefinition(
                    id,
                    spec,
                    table.path(BOOT_ID).asText(),
                    table.has(DEVICE) ? ZramDevice.parse(table.get(DEVICE).asText()) : null,
                    table.path(SEQUENCE).asLong());
        } catch (CramdiskException e) {
            throw new DefinitionException(String.valueOf(e.getMessage()), e);
        } catch (JsonProcessingException e) {
            throw new DefinitionException(reason(e), e);
        }
    }

    private static String reason(JsonProcessingException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof CramdiskException refused) {
                return String.valueOf(refused.getMessage());
            }
        }
        String line = e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
        return line + e.getOriginalMessage();
    }
}
