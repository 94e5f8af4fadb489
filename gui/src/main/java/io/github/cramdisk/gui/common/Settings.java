// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What the window remembers between starts (theme, size, colours of disks), in one small properties file. Losing it
 * loses nothing of value, so a file that cannot be read or written is only logged.
 */
public final class Settings {
    private static final System.Logger LOG = System.getLogger(Settings.class.getName());

    private final Path file;
    private final TreeMap<String, String> values = new TreeMap<>();

    public Settings(Path file) {
        this.file = file;
        Properties stored = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            stored.load(reader);
        } catch (NoSuchFileException e) {
            return; // the first start
        } catch (IOException | IllegalArgumentException e) {
            LOG.log(System.Logger.Level.WARNING, "settings of the window cannot be read: " + file, e);
        }
        stored.stringPropertyNames().forEach(key -> values.put(key, stored.getProperty(key)));
    }

    public synchronized Optional<String> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** The number kept under {@code key}, empty where there is none or it is no number. */
    public OptionalDouble getNumber(String key) {
        try {
            Optional<String> text = get(key);
            return text.isPresent() ? OptionalDouble.of(Double.parseDouble(text.get())) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    public synchronized void put(String key, String value) {
        values.put(key, value);
    }

    public synchronized void remove(String key) {
        values.remove(key);
    }

    /** Writes the file anew, never half of it. Call it off the window's thread. */
    public synchronized void save() {
        Properties stored = new Properties();
        stored.putAll(values);
        try {
            Path directory = file.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            Path draft = file.resolveSibling(file.getFileName() + ".new");
            try (Writer writer = Files.newBufferedWriter(draft)) {
                stored.store(writer, "Cramdisk window");
            }
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "settings of the window cannot be written: " + file, e);
        }
    }
}
