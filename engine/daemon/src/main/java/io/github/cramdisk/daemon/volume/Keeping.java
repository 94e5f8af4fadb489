// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.daemon.definition.VolumeDefinition;
import io.github.cramdisk.daemon.definition.VolumeDirectory;
import java.io.IOException;

/** Keeps the definitions in step with what was done; each failure is {@link ErrorKind#CONFIG_UNWRITABLE}. Thread-safe. */
record Keeping(VolumeDirectory definitions) {
    void keep(VolumeDefinition definition) {
        try {
            definitions.save(definition);
        } catch (IOException e) {
            throw unwritable(definition, e);
        }
    }

    /** A volume that would be gone after the next start, although it was to stay, is not left behind: it is undone. */
    void keepOr(VolumeDefinition definition, Runnable undo) {
        boolean kept = false;
        try {
            keep(definition);
            kept = true;
        } finally {
            if (!kept) {
                undo.run();
            }
        }
    }

    void forget(VolumeDefinition definition) {
        try {
            definitions.delete(definition);
        } catch (IOException e) {
            throw unwritable(definition, e);
        }
    }

    private CramdiskException unwritable(VolumeDefinition definition, IOException e) {
        return new CramdiskException(ErrorKind.CONFIG_UNWRITABLE, e, definitions.file(definition), e.toString());
    }
}
