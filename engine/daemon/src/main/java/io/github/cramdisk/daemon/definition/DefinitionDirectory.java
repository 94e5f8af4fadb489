// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.definition;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The directory {@code disks} of the configuration, with one file {@code NAME.toml} per disk, so that a broken file
 * keeps no other disk from starting; see {@link DefinitionFiles}. Not thread-safe; the engine is the only writer.
 */
public final class DefinitionDirectory {
    private final DefinitionFiles files;

    /**
     * What is in the directory.
     *
     * @param disks by name
     * @param broken what is wrong with a file, by the name of the disk it stands for
     */
    public record Contents(Map<String, DiskSpec> disks, Map<String, String> broken) {}

    private DefinitionDirectory(DefinitionFiles files) {
        this.files = files;
    }

    /** Creates the directory if it is missing (0700, as everything below the configuration directory). */
    public static DefinitionDirectory open(Path configDirectory) throws IOException {
        return new DefinitionDirectory(DefinitionFiles.open(configDirectory.resolve("disks")));
    }

    /** The file of a disk. */
    public Path file(String name) {
        return files.file(name);
    }

    /**
     * Reads all definitions. Files with other names are left alone, but for temporary ones that a killed engine left.
     */
    public Contents load() throws IOException {
        Map<String, DiskSpec> disks = new TreeMap<>();
        Map<String, String> broken = new TreeMap<>();
        for (Map.Entry<String, Path> file : files.list().entrySet()) {
            String name = file.getKey();
            try {
                disks.put(name, read(name, file.getValue()));
            } catch (DefinitionException e) {
                broken.put(name, String.valueOf(e.getMessage()));
            }
        }
        return new Contents(disks, broken);
    }

    private DiskSpec read(String name, Path file) throws DefinitionException {
        try {
            DiskSpec.checkName(name);
            return DefinitionFormat.parse(name, files.read(file));
        } catch (CramdiskException e) {
            throw new DefinitionException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Writes the definition, in place of an older one. */
    public void save(DiskSpec spec) throws IOException {
        files.save(spec.name(), DefinitionFormat.render(spec));
    }

    /** Deletes the definition, if there is one. */
    public void delete(String name) throws IOException {
        files.delete(name);
    }
}
