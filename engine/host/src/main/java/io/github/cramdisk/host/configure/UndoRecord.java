// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.configure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.config.ConfigPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a change replaced, so that it can be put back: the backup, as one file of JSON with the bytes in base64.
 *
 * @param files in the order in which they are replaced
 */
record UndoRecord(ConfigFormat format, List<Entry> files) {
    /** The record of a change that is under way. */
    static final String PENDING = "pending.json";

    private static final JsonMapper MAPPER = new JsonMapper();

    UndoRecord {
        files = List.copyOf(files);
    }

    /**
     * @param before null where there was no such file
     * @param after null where it was deleted
     * @param part whether only the block of Cramdisk differs
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared as a whole
    record Entry(String path, byte @Nullable [] before, byte @Nullable [] after, boolean part) {}

    static UndoRecord of(ConfigFormat format, ConfigPlan plan) {
        return new UndoRecord(
                format,
                plan.changes().stream()
                        .map(change -> new Entry(change.path(), change.before(), change.after(), change.part()))
                        .toList());
    }

    static String name(ConfigFormat format) {
        return format.text() + ".json";
    }

    static Optional<UndoRecord> read(Path state, ConfigFormat format) throws IOException {
        return read(state.resolve(name(format)));
    }

    static Optional<UndoRecord> readPending(Path state) throws IOException {
        return read(state.resolve(PENDING));
    }

    private static Optional<UndoRecord> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(MAPPER.readValue(Files.readString(file), UndoRecord.class));
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is damaged: " + e.getOriginalMessage(), e);
        }
    }

    void write(Path state, String name) throws IOException {
        AtomicFile.replace(state.resolve(name), MAPPER.writeValueAsString(this).getBytes(StandardCharsets.UTF_8));
    }

    static void deletePending(Path state) throws IOException {
        Files.deleteIfExists(state.resolve(PENDING));
    }

    static void delete(Path state, ConfigFormat format) throws IOException {
        Files.deleteIfExists(state.resolve(name(format)));
    }

    /**
     * The way back from here. Of a file of others only the block goes back; what they changed since stays.
     *
     * @throws CramdiskException {@link ErrorKind#CONFIG_REFUSED} when a file of ours was changed since
     */
    UndoRecord reversed(SystemFiles machine) throws IOException {
        List<Entry> back = new ArrayList<>();
        for (Entry entry : files) {
            byte[] now = machine.read(entry.path());
            if (entry.part()) {
                byte[] before = ConfigPlan.replace(entry.path(), now, ConfigPlan.block(entry.path(), entry.before()));
                back.add(new Entry(entry.path(), now, before.length == 0 ? entry.before() : before, true));
            } else if (Arrays.equals(now, entry.after())) {
                back.add(new Entry(entry.path(), now, entry.before(), false));
            } else if (!Arrays.equals(now, entry.before())) {
                throw new CramdiskException(
                        ErrorKind.CONFIG_REFUSED,
                        "the file " + entry.path() + " was changed since. Move it away, or undo that change, first.");
            }
        }
        return new UndoRecord(format, back);
    }

    /** Both changes as one: what was there before the first, and what is there after this. */
    UndoRecord onTopOf(Optional<UndoRecord> earlier) {
        Map<String, Entry> all = new LinkedHashMap<>();
        earlier.ifPresent(record -> record.files().forEach(entry -> all.put(entry.path(), entry)));
        for (Entry entry : files) {
            Entry first = all.get(entry.path());
            all.put(
                    entry.path(),
                    first == null ? entry : new Entry(entry.path(), first.before(), entry.after(), entry.part()));
        }
        return new UndoRecord(format, List.copyOf(all.values()));
    }
}
