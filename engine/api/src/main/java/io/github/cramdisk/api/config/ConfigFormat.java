// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The forms of configuration that Cramdisk writes. */
public enum ConfigFormat {
    /** Lines of fstab(5), and the udev rules that make the zram devices that they name. */
    FSTAB(true),
    /** Units of systemd: mounts, swaps, and services. */
    SYSTEMD(true),
    /** zram-generator.conf(5). */
    ZRAM_GENERATOR(true),
    /** A module of NixOS. */
    NIXOS(true),
    /** Options of {@code docker run} and {@code podman run}. */
    DOCKER(false),
    /** A fragment of compose.yaml. */
    COMPOSE(false),
    /** A fragment of a pod: volumes and their mounts. */
    KUBERNETES(false),
    /** A script for sh(1) that makes the volumes, and takes them away again. */
    SHELL(false);

    private final boolean appliable;

    ConfigFormat(boolean appliable) {
        this.appliable = appliable;
    }

    /** Whether it has a place on a machine, so that it can be applied; all can be saved. */
    public boolean appliable() {
        return appliable;
    }

    /** As on the command line: {@code zram-generator}. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws CramdiskException {@link ErrorKind#INVALID_ARGUMENT} */
    @JsonCreator
    public static ConfigFormat parse(String text) {
        for (ConfigFormat format : values()) {
            if (format.text().equals(text)) {
                return format;
            }
        }
        throw new CramdiskException(
                ErrorKind.INVALID_ARGUMENT,
                "\"" + text + "\" is not a format of configuration. There are "
                        + Arrays.stream(values()).map(ConfigFormat::text).collect(Collectors.joining(", ")) + ".");
    }
}
