// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.io.IOException;
import java.nio.file.Path;

/** Reads the machine for a use case. Thread-safe, without state. */
record MachineReads(Path root) {
    /** Something that is told of a machine. */
    @FunctionalInterface
    interface Reading<T> {
        T of(Machine machine) throws IOException;
    }

    /**
     * Tells it of the machine as it is at this moment.
     *
     * @throws CramdiskException {@link ErrorKind#INTERNAL} when the machine cannot be read
     */
    <T> T tell(Reading<T> reading) {
        try {
            return reading.of(Machine.read(root));
        } catch (IOException e) {
            throw new CramdiskException(
                    ErrorKind.INTERNAL, e, "the volumes of this machine cannot be read (" + e.getMessage() + ")");
        }
    }
}
