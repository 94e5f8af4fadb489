// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The exports that one client may see. Implementations are thread-safe. */
public interface ExportDirectory {

    /** The export of this name, or null; the empty name asks for the default export. */
    @Nullable
    Export find(String name);

    /** All exports, by name. */
    List<Export> list();

    /** A directory with one export, which is also the default: for a session that was opened for this export. */
    static ExportDirectory only(Export export) {
        return new ExportDirectory() {
            @Override
            public @Nullable Export find(String name) {
                return name.isEmpty() || name.equals(export.name()) ? export : null;
            }

            @Override
            public List<Export> list() {
                return List.of(export);
            }
        };
    }
}
