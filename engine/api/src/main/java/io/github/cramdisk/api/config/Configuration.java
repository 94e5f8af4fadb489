// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.config;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;

/** Configuration of the system, made from volumes and read into them. Thread-safe; errors are {@link CramdiskException}. */
public interface Configuration {
    /** @throws CramdiskException {@link ErrorKind#NO_SUCH_VOLUME} for a name that is none */
    ConfigExport export(ConfigRequest request);

    /**
     * Against what this machine has now.
     *
     * @throws CramdiskException {@link ErrorKind#CONFIG_NOT_APPLICABLE} for a format that has no place on a machine
     */
    ConfigDiff diff(ConfigRequest request);

    /** Reads, and changes nothing. */
    ConfigImport read(ConfigSource source);

    /**
     * Writes it to its place, checked before it takes effect; all of it or nothing. A volume that was applied in this
     * format before and is not in the request is taken out.
     *
     * @throws CramdiskException {@link ErrorKind#CONFIG_NOT_APPLICABLE}, {@link ErrorKind#CONFIG_REFUSED} when a check
     *     found something, {@link ErrorKind#CONFIG_UNWRITTEN}, and those of authorisation
     */
    ConfigApplied apply(ConfigRequest request);

    /**
     * Makes undone what the last {@link #apply} in this format did.
     *
     * @throws CramdiskException {@link ErrorKind#CONFIG_NOTHING_TO_REVERT} and as {@link #apply}
     */
    ConfigApplied revert(ConfigFormat format);
}
