// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.Engine;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.rpc.RawConnection;
import java.util.Optional;

/** The ways to the engine. Whoever opens an engine or a session closes it. */
interface EngineDoor {
    /**
     * The engine, started if need be.
     *
     * @throws CramdiskException {@link ErrorKind#ENGINE_UNAVAILABLE}
     */
    Engine open();

    /** The engine if it is running; starts nothing. */
    Optional<Engine> openIfRunning();

    /**
     * An NBD session with a disk.
     *
     * @throws CramdiskException {@link ErrorKind#NO_SUCH_DISK}, {@link ErrorKind#ENGINE_UNAVAILABLE}
     */
    RawConnection serve(String diskName);

    /**
     * Runs the engine in this terminal until it ends.
     *
     * @return its exit code
     */
    int runInForeground();

    /** Waits until the process is gone. */
    void awaitEnd(long pid);
}
