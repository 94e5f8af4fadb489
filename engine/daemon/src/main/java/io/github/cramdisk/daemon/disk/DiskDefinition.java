// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.disk;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.daemon.definition.DefinitionDirectory;
import java.io.IOException;
import java.lang.System.Logger.Level;

/** The definition of one disk, and its file. Changed under the lock of the disk, read without. */
final class DiskDefinition {
    private static final System.Logger LOG = System.getLogger(DiskDefinition.class.getName());

    private final DefinitionDirectory definitions;
    private volatile DiskSpec spec;

    DiskDefinition(DefinitionDirectory definitions, DiskSpec spec) {
        this.definitions = definitions;
        this.spec = spec;
    }

    /** As the disk is now. */
    DiskSpec spec() {
        return spec;
    }

    /** The disk has become what was saved. */
    void become(DiskSpec changed) {
        spec = changed;
    }

    /**
     * Writes the file; the disk is still to become that.
     *
     * @throws CramdiskException {@link ErrorKind#CONFIG_UNWRITABLE}
     */
    void save(DiskSpec definition) {
        try {
            definitions.save(definition);
        } catch (IOException e) {
            throw new CramdiskException(ErrorKind.CONFIG_UNWRITABLE, e, definitions.file(spec.name()), e.toString());
        }
    }

    /** Takes the file back of a disk that was not created. Never throws. */
    void undo() {
        try {
            definitions.delete(spec.name());
        } catch (IOException e) {
            LOG.log(
                    Level.WARNING,
                    "the definition of disk " + spec.name() + ", which was not created, is left over",
                    e);
        }
    }
}
