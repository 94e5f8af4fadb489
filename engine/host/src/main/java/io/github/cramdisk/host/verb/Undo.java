// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import io.github.cramdisk.api.CramdiskException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What was done so far and how to take it back. Closed without {@link #keep} it takes everything back, the last first; a
 * step that fails is logged, and the others are still taken. For one thread.
 */
final class Undo implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Undo.class.getName());

    /** Takes one thing back. */
    interface Step {
        void run() throws IOException;
    }

    private record Entry(String what, Step step) {}

    private final Deque<Entry> done = new ArrayDeque<>();

    /** Remembers how to take back what was just done; {@code what} completes "could not". */
    void add(String what, Step step) {
        done.push(new Entry(what, step));
    }

    /** All is well: nothing is to be taken back. */
    void keep() {
        done.clear();
    }

    @Override
    public void close() {
        while (!done.isEmpty()) {
            Entry entry = done.pop();
            try {
                entry.step().run();
            } catch (IOException | CramdiskException e) {
                LOG.log(Level.WARNING, "after a failure, could not " + entry.what(), e);
            }
        }
    }
}
