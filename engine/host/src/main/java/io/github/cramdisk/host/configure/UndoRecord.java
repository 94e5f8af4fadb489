// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.configure;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.config.ConfigPlan;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What a change replaced, so that it can be put back: the backup, as one file of {@link Properties} with the bytes in
 * base64. The root helper, which writes it, has no library for more.
 *
 * @param files in the order in which they are replaced
 */
record UndoRecord(ConfigFormat format, List<Entry> files) {
    /** The record of a change that is under way. */
    static final String PENDING = "pending.properties";

    private static final String FORMAT = "format";
    private static final String PATH = ".path";
    private static final String BEFORE = ".before";
    private static final String AFTER = ".after";
    private static final String PART = ".part";

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
        return format.text() + ".properties";
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
        Properties lines = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            lines.load(reader);
            List<Entry> entries = new ArrayList<>();
            for (int i = 0; lines.containsKey(i + PATH); i++) {
                entries.add(new Entry(
                        lines.getProperty(i + PATH),
                        bytes(lines.getProperty(i + BEFORE)),
                        bytes(lines.getProperty(i + AFTER)),
                        Boolean.parseBoolean(lines.getProperty(i + PART))));
            }
            return Optional.of(new UndoRecord(ConfigFormat.parse(lines.getProperty(FORMAT, "")), entries));
        } catch (IllegalArgumentException | CramdiskException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
    }

    private static byte @Nullable [] bytes(@Nullable String base64) {
        return base64 == null ? null : Base64.getDecoder().decode(base64);
    }

    void write(Path state, String name) throws IOException {
        Properties lines = new Properties();
        lines.setProperty(FORMAT, format.text());
        for (int i = 0; i < files.size(); i++) {
            Entry entry = files.get(i);
            lines.setProperty(i + PATH, entry.path());
            put(lines, i + BEFORE, entry.before());
            put(lines, i + AFTER, entry.after());
            lines.setProperty(i + PART, Boolean.toString(entry.part()));
        }
        StringWriter text = new StringWriter();
        lines.store(text, "What Cramdisk replaced; cramdisk config revert puts it back.");
        AtomicFile.replace(state.resolve(name), text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void put(Properties lines, String key, byte @Nullable [] bytes) {
        if (bytes != null) {
            lines.setProperty(key, Base64.getEncoder().encodeToString(bytes));
        }
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
