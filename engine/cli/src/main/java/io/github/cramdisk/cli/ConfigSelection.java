// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.ConfigRequest;
import io.github.cramdisk.api.config.ConfigSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which volumes, from where, in which format. */
final class ConfigSelection {
    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description = "Names of disks, mount points or zram devices; all that Cramdisk keeps when left out.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            converter = FormatConverter.class,
            description = "fstab, systemd, zram-generator, nixos, docker, compose, kubernetes or shell.")
    private @Nullable ConfigFormat format;

    @Option(
            names = "--from",
            paramLabel = "SOURCE",
            converter = SourceConverter.class,
            description = "Take the volumes from fstab, systemd, zram-generator or running instead.")
    private @Nullable ConfigSource from;

    ConfigFormat format() {
        return Objects.requireNonNull(format);
    }

    ConfigRequest request() {
        return new ConfigRequest(format(), names, from);
    }

    /** {@link ConfigFormat#parse}, whose error names all formats. */
    static final class FormatConverter implements picocli.CommandLine.ITypeConverter<ConfigFormat> {
        @Override
        public ConfigFormat convert(String text) {
            return ConfigFormat.parse(text);
        }
    }

    /** {@link ConfigSource#parse}, whose error names all sources. */
    static final class SourceConverter implements picocli.CommandLine.ITypeConverter<ConfigSource> {
        @Override
        public ConfigSource convert(String text) {
            return ConfigSource.parse(text);
        }
    }
}
