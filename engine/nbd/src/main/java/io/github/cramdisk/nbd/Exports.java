// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.nbd;

import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The exports of a server, which may come and go while it runs. The default export is the only one there is; among
 * several, the empty name finds nothing. Thread-safe.
 */
public final class Exports implements ExportDirectory {
    private final NavigableMap<String, Export> byName = new ConcurrentSkipListMap<>();

    /**
     * Offers an export from now on.
     *
     * @throws IllegalArgumentException if there is one of this name, or this one was removed before
     */
    public void add(Export export) {
        if (export.isShutDown()) {
            throw new IllegalArgumentException("export was removed before: " + export.name());
        }
        if (byName.putIfAbsent(export.name(), export) != null) {
            throw new IllegalArgumentException("export exists: " + export.name());
        }
    }

    /**
     * Takes an export away: it is no longer found, and requests of clients that still use it get ESHUTDOWN. Call
     * {@link Export#disconnectClients} before closing its device.
     *
     * @return the export, or null if there is none of this name
     */
    public @Nullable Export remove(String name) {
        Export export = byName.remove(name);
        if (export != null) {
            export.shutDown();
        }
        return export;
    }

    /** Takes an export away unless a client uses it; says whether it is gone. */
    public boolean removeIfIdle(String name) {
        Export export = byName.get(name);
        return export == null || (export.shutDownIfIdle() && byName.remove(name, export));
    }

    @Override
    public @Nullable Export find(String name) {
        if (!name.isEmpty()) {
            return byName.get(name);
        }
        List<Export> all = list();
        return all.size() == 1 ? all.get(0) : null;
    }

    @Override
    public List<Export> list() {
        return List.copyOf(byName.values());
    }
}
