// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.util.Locale;

/** From where configuration is read into volumes. */
public enum ConfigSource {
    /** {@code /etc/fstab}. */
    FSTAB,
    /** Mount and swap units in {@code /etc/systemd/system}. */
    SYSTEMD,
    /** {@code zram-generator.conf} and its directories. */
    ZRAM_GENERATOR,
    /** What is mounted and set up now. */
    RUNNING;

    /** As on the command line. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws CramdiskException {@link ErrorKind#INVALID_ARGUMENT} */
    @JsonCreator
    public static ConfigSource parse(String text) {
        for (ConfigSource source : values()) {
            if (source.text().equals(text)) {
                return source;
            }
        }
        throw new CramdiskException(
                ErrorKind.INVALID_ARGUMENT,
                "\"" + text + "\" cannot be imported from. There are fstab, systemd, zram-generator and running.");
    }
}
