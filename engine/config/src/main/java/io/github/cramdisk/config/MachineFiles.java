// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The configuration files of a machine, to be read. */
public interface MachineFiles {
    /** @return all bytes; null where there is no such file */
    byte @Nullable [] read(String path) throws IOException;

    /** The names of what is in a directory; none where it is missing. Sorted. */
    List<String> list(String directory) throws IOException;

    /** Whether a program is installed there, such that nobody but root can change it. */
    boolean isProgram(String path);

    /** Memory of the machine (MemTotal). */
    long ramBytes() throws IOException;
}
