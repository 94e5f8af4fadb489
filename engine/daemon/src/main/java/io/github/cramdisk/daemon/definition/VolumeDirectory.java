// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.definition;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The directory {@code volumes} of the configuration, with one file per volume, so that a broken file keeps no other
 * volume from being made. Thread-safe; the engine is the only writer, and what it read at its start is kept here.
 */
public final class VolumeDirectory {
    private final DefinitionFiles files;
    private final Map<String, VolumeDefinition> definitions = new TreeMap<>();
    private final Map<String, String> broken = new TreeMap<>();

    private VolumeDirectory(DefinitionFiles files) {
        this.files = files;
    }

    /** Creates the directory if it is missing, and reads what is in it. */
    public static VolumeDirectory open(Path configDirectory) throws IOException {
        VolumeDirectory volumes = new VolumeDirectory(DefinitionFiles.open(configDirectory.resolve("volumes")));
        volumes.load();
        return volumes;
    }

    private synchronized void load() throws IOException {
        for (Map.Entry<String, Path> file : files.list().entrySet()) {
            try {
                definitions.put(file.getKey(), VolumeFormat.parse(file.getKey(), files.read(file.getValue())));
            } catch (DefinitionException e) {
                broken.put(file.getValue().toString(), String.valueOf(e.getMessage()));
            }
        }
    }

    public synchronized List<VolumeDefinition> all() {
        return List.copyOf(definitions.values());
    }

    /** What is wrong with a file, by its path. */
    public synchronized Map<String, String> broken() {
        return Map.copyOf(broken);
    }

    public synchronized Optional<VolumeDefinition> find(Predicate<VolumeDefinition> wanted) {
        return definitions.values().stream().filter(wanted).findFirst();
    }

    /** Writes the definition, in place of an older one. */
    public synchronized void save(VolumeDefinition definition) throws IOException {
        files.save(definition.id(), VolumeFormat.render(definition));
        definitions.put(definition.id(), definition);
    }

    /** Deletes the definition, if there is one. */
    public synchronized void delete(VolumeDefinition definition) throws IOException {
        files.delete(definition.id());
        definitions.remove(definition.id());
    }

    /** The file of a definition. */
    public Path file(VolumeDefinition definition) {
        return files.file(definition.id());
    }
}
