// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.api.volume.Volumes;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "adopt",
        description = {
            "Take a tmpfs, ramfs or zram device that something else made into the definitions of Cramdisk.",
            "It stays as it is; from now on it is there again after the machine was restarted."
        })
final class Adopt extends VolumeVerb {
    @Parameters(paramLabel = "DIR|DEVICE", description = "Mount point, or a device such as /dev/zram0.")
    private String volume = "";

    Adopt(Cli cli) {
        super(cli);
    }

    @Override
    int run(Volumes volumes) {
        // A device is not a mount point, but a mount point may be reached by a link or from the working directory.
        String title = Files.isDirectory(Path.of(volume)) ? TargetPath.of(volume) : volume;
        VolumeInfo adopted = volumes.adopt(title);
        if (json()) {
            terminal().printJson(adopted);
        } else {
            terminal().print("Adopted the " + adopted.kind().text() + " at " + VolumeText.plain(adopted.title()) + ".");
        }
        return ExitCode.DONE;
    }
}
