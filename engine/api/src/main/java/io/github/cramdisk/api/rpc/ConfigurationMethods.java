// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.rpc;

import io.github.cramdisk.api.config.ConfigApplied;
import io.github.cramdisk.api.config.ConfigDiff;
import io.github.cramdisk.api.config.ConfigExport;
import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.ConfigImport;
import io.github.cramdisk.api.config.ConfigRequest;
import io.github.cramdisk.api.config.ConfigSource;
import java.util.Objects;

/** The methods for configuration of the system; see {@link RpcMethods}. An answer may wait for a person's password. */
public final class ConfigurationMethods {
    /** Parameters {@link ConfigRequest}, of which only the format is required; result {@link ConfigExport}. */
    public static final String EXPORT = "config.export";
    /** Parameters {@link ConfigRequest}; result {@link ConfigDiff}. */
    public static final String DIFF = "config.diff";
    /** Parameters {@link Source}; result {@link ConfigImport}. */
    public static final String READ = "config.read";
    /** Parameters {@link ConfigRequest}; result {@link ConfigApplied}. */
    public static final String APPLY = "config.apply";
    /** Parameters {@link Format}; result {@link ConfigApplied}. */
    public static final String REVERT = "config.revert";

    private ConfigurationMethods() {}

    /** From where to read. */
    public record Source(ConfigSource source) {
        public Source {
            Objects.requireNonNull(source, "source");
        }
    }

    /** Of which format. */
    public record Format(ConfigFormat format) {
        public Format {
            Objects.requireNonNull(format, "format");
        }
    }
}
