// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.volume.ZramDevice;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** A verb for one zram device. */
abstract class ZramVerb extends VolumeVerb {
    @Parameters(paramLabel = "DEVICE", description = "Such as /dev/zram0, zram0 or 0.")
    private @Nullable ZramDevice device;

    ZramVerb(Cli cli) {
        super(cli);
    }

    ZramDevice device() {
        return Objects.requireNonNull(device);
    }
}
